"""The simulated carrier tells each text once, and is nowhere outside a demo."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories import NOW
from tests.notify.texting import (
    ANA,
    make_gateway,
    make_texting_client,
    reasons,
    shown,
)

from clientela.business.models import Business
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.actions.send_direct_texts import send_direct_texts
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.errors import NoTextGateway
from clientela.notify.models import Receipt, TextGateway, TextPurpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    make_texting_client(business)
    return make_gateway(business)


def test_each_text_is_told_once(business: Business, gateway: TextGateway) -> None:
    send_direct_text(business=business, number=ANA, body="Hola", purpose=TextPurpose.TEST, now=NOW)
    send_direct_texts(now=NOW)
    assert [tell_simulated_texts(now=NOW) for _ in range(3)] == [1, 0, 0]
    assert (Receipt.objects.count(), reasons()[0][0]) == (1, "delivered")


def test_outside_a_demo_nothing_is_simulated(
    business: Business, gateway: TextGateway, settings: Any
) -> None:
    send_direct_text(business=business, number=ANA, body="Hola", purpose=TextPurpose.TEST, now=NOW)
    settings.TESTING = False
    send_direct_texts(now=NOW)
    assert (tell_simulated_texts(now=NOW), shown()) == (0, [])
    assert reasons() == [("policy_gate", "no-text-gateway")]
    with pytest.raises(NoTextGateway):
        send_direct_text(business=business, number=ANA, body="x", purpose=TextPurpose.TEST, now=NOW)
