"""What a gateway pushed is applied once, and refused whole when it is not genuine. The doors: tests/web/hooks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW
from tests.notify.texting import ANA, make_gateway

from clientela.business.models import Business
from clientela.notify.actions.receive_push import (
    HEARD_EVERY,
    receive_news,
    receive_pushed_text,
)
from clientela.notify.channels.sms.port import NotFromHere, NotGenuine, Push
from clientela.notify.channels.sms.registry import Secrets
from clientela.notify.channels.sms.signature import sign_timed
from clientela.notify.models import DirectText, TextGateway

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    sealed = Secrets(token="t", hook="hook").sealed()
    return make_gateway(business, gateway="http", url="https://x.example", sealed=sealed)


def signed(body: bytes, *, secret: str = "hook") -> Push:
    header = sign_timed(body=body, secret=secret, now=NOW)
    return Push(url="https://x.example", headers={"clientela-signature": header}, body=body)


def test_news_counts_once_and_the_account_is_known_to_be_heard(
    business: Business, gateway: TextGateway
) -> None:
    row = DirectText.objects.create(
        business=business,
        purpose="test",
        number=ANA,
        body="x",
        tries=1,
        reason="unknown",
        created_at=NOW,
    )
    push = signed(b'{"event": "e", "id": "%s", "status": "landline"}' % str(row.pk).encode())
    assert [receive_news(gateway=gateway, push=push, now=NOW) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    gateway.refresh_from_db()
    assert (row.reason, gateway.heard_at) == ("landline", NOW)
    receive_news(gateway=gateway, push=signed(b"{}"), now=NOW + HEARD_EVERY - timedelta(seconds=1))
    gateway.refresh_from_db()
    assert gateway.heard_at == NOW  # written once a minute at most


def test_news_that_is_none_and_texts_that_are_none_change_nothing(gateway: TextGateway) -> None:
    assert receive_news(gateway=gateway, push=signed(b"{}"), now=NOW) == 0
    assert receive_pushed_text(gateway=gateway, push=signed(b"{}"), now=NOW) is None


def test_what_is_not_genuine_or_cannot_be_judged_is_refused(gateway: TextGateway) -> None:
    with pytest.raises(NotGenuine):
        receive_news(gateway=gateway, push=signed(b"{}", secret="x"), now=NOW)
    gateway.sealed = "sealed with a key that is gone"
    with pytest.raises(NotFromHere):
        receive_pushed_text(gateway=gateway, push=signed(b"{}"), now=NOW)
