"""The mail provider's news: proved, or nothing happens; heard, it changes the row and the address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.notify.conftest import (  # noqa: F401 -- fixtures of the neighbouring folder
    appointment,
    business,
    client_card,
    location,
    make_appointment,
    now,
    only_facts,
    professional,
    scope,
    service,
    tell,
)

from clientela.booking import events
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import AddressState, Message, Reason, Receipt, Trouble
from clientela.platform import clock

pytestmark = pytest.mark.django_db

PASSWORD = "postmark:a-long-word"
KEY = "signing-key"


@pytest.fixture
def sent(only_facts, appointment, tell, now) -> Message:  # noqa: F811 -- fixtures
    tell(events.AppointmentBooked, appointment, by="staff")
    send_due(now=now)
    Message.objects.update(provider="postmark", provider_id="pm-1")
    return Message.objects.get()


@pytest.fixture
def postmark(settings: Any, sent: Message) -> None:
    settings.MAIL_CHANNEL, settings.MAIL_PROVIDER = "provider", "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": PASSWORD}
    settings.MAIL_NEWS_ARE_GUARDED = True


@pytest.fixture
def mailgun(settings: Any, sent: Message) -> None:
    settings.MAIL_CHANNEL, settings.MAIL_PROVIDER = "provider", "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    settings.MAIL_NEWS_ARE_GUARDED = True


def bounce(message: Message, **words: Any) -> dict[str, Any]:
    usual = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 42,
        "MessageID": "pm-1",
        "Email": "ana@example.com",
        "BouncedAt": "2026-11-22T11:00:00Z",
        "Description": "The server said: no user ana@example.com",
        "Metadata": {"message": str(message.pk)},
    }
    return usual | words


def post(client: Client, provider: str, body: Any, password: str = "") -> int:
    headers = {}
    if password:
        headers["Authorization"] = "Basic " + base64.b64encode(password.encode()).decode()
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = client.post(
        f"/hooks/mail/{provider}/", said, content_type="application/json", headers=headers
    )
    return answer.status_code


@pytest.mark.usefixtures("postmark")
def test_a_bounce_settles_the_message_and_closes_the_address_once(client, sent):
    for _ in range(2):
        assert post(client, "postmark", bounce(sent), PASSWORD) == 200
    sent.refresh_from_db()
    receipt = Receipt.objects.get()
    assert (sent.reason, receipt.provider) == (Reason.BOUNCED_HARD, "postmark")
    assert "@" not in receipt.detail
    assert AddressState.objects.get().trouble == Trouble.BOUNCED


@pytest.mark.usefixtures("postmark")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"RecordType": "Delivery", "DeliveredAt": "2026-11-22T11:00:00Z"}, Reason.DELIVERED),
        ({"Type": "SoftBounce"}, Reason.BOUNCED_SOFT),
        ({"Type": "Transient"}, Reason.BOUNCED_SOFT),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, Reason.DELIVERED),
        ({"Type": "Blocked"}, Reason.CARRIER_FILTERED),
        ({"RecordType": "Open"}, Reason.HANDED_OVER),
    ],
)
def test_each_word_of_the_provider_means_one_thing(client, sent, words, reason):
    assert post(client, "postmark", bounce(sent, **words), PASSWORD) == 200
    sent.refresh_from_db()
    assert sent.reason == reason


@pytest.mark.usefixtures("postmark")
@pytest.mark.parametrize("password", ["", "postmark:wrong"])
def test_who_proves_nothing_is_refused_and_leaves_no_row(client, sent, password):
    assert post(client, "postmark", bounce(sent), password) == 400
    assert Receipt.objects.count() == 0


@pytest.mark.usefixtures("postmark")
def test_without_any_guard_set_nobody_is_heard(client, sent, settings):
    settings.ANYMAIL, settings.MAIL_NEWS_ARE_GUARDED = {}, False
    assert post(client, "postmark", bounce(sent)) == 400
    assert Receipt.objects.count() == 0


@pytest.mark.usefixtures("postmark")
@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b"null", b'{"RecordType": 1}', b"\xff\xfe", b'{"Metadata": 3}']
)
def test_nonsense_is_never_an_error_of_ours(client, body):
    assert post(client, "postmark", body, PASSWORD) in {200, 400}
    assert Receipt.objects.count() == 0


@pytest.mark.usefixtures("postmark")
def test_another_provider_has_no_address_here(client, sent):
    assert post(client, "mailgun", bounce(sent), PASSWORD) == 404


def signed(message: Message, *, at: float, key: str = KEY) -> dict[str, Any]:
    stamp, token = str(int(at)), "t" * 50
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "timestamp": at,
            "recipient": "ana@example.com",
            "message": {"headers": {"message-id": "mg-1@example"}},
            "user-variables": {"message": str(message.pk)},
        },
    }


@pytest.mark.usefixtures("mailgun")
def test_signed_news_is_heard_and_forged_or_stale_is_not(client, sent):
    fresh = clock.now().timestamp()
    stale = (clock.now() - timedelta(days=3)).timestamp()
    assert post(client, "mailgun", signed(sent, at=fresh, key="another")) == 400
    assert post(client, "mailgun", signed(sent, at=stale)) == 400
    assert Receipt.objects.count() == 0
    assert post(client, "mailgun", signed(sent, at=fresh)) == 200
    sent.refresh_from_db()
    assert sent.reason == Reason.BOUNCED_HARD
