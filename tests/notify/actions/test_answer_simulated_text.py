"""A simulated telephone's answer is heard as a real one's; where nobody sends from the number, by nobody."""

from __future__ import annotations

from typing import Any

import pytest

from clientela.business.models import Business
from clientela.conversations.models import Entry
from clientela.notify.actions.answer_simulated_text import answer_simulated_text
from clientela.notify.models import (
    AddressState,
    GatewayName,
    SenderKind,
    SimulatedText,
    TextGateway,
)

pytestmark = pytest.mark.django_db
NUMBER, SENDER = "+34612345678", "+34600000001"


@pytest.fixture
def gateway(business: Business, now: Any) -> TextGateway:
    return TextGateway.objects.create(
        business=business,
        gateway=GatewayName.SIMULATOR,
        sender=SENDER,
        sender_kind=SenderKind.LONG_NUMBER,
        currency="EUR",
        countries=["ES"],
        created_at=now,
    )


def answer(body: str, now: Any, sender: str = SENDER) -> SimulatedText | None:
    return answer_simulated_text(number=NUMBER, sender=sender, body=body, now=now)


def test_it_lands_in_the_inbox_and_a_keyword_counts(gateway: TextGateway, now: Any) -> None:
    assert answer("I am\nlate\x00", now) is not None
    assert answer("STOP", now) is not None
    assert {"I am late", "STOP"} <= set(Entry.objects.values_list("body", flat=True))
    assert AddressState.objects.get().trouble == "stopped"


def test_nobody_hears_empty_words_another_number_or_a_simulator_outside_a_demo(
    gateway: TextGateway, now: Any, settings: Any
) -> None:
    assert answer("  ", now) is None
    assert answer("STOP", now, sender="+34600000009") is None
    settings.TESTING = settings.DEMO = False
    assert answer("STOP", now) is None
    assert not SimulatedText.objects.exists()
