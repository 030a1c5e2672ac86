"""Receipts: each once, whatever the order; the message ends with the most final word, and the address remembers."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, permutations
from typing import Any

import pytest

from clientela.business.models import Business
from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.models import (
    AccountMail,
    AddressEvent,
    AddressState,
    Attempt,
    DirectText,
    Message,
    Outcome,
    Reason,
    Receipt,
    ReceiptKind,
    Trouble,
)
from clientela.notify.news import News
from clientela.people.models import Consent
from clientela.platform import sealed
from clientela.platform.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(appointment, now) -> Message:
    """A confirmation that a provider took a minute ago, as it calls it "p-1"."""
    key = uuid7()
    return Message.objects.create(
        id=key,
        business=appointment.business,
        appointment=appointment,
        occurrence=0,
        rule="confirmation",
        recipient="client",
        recipient_id=appointment.client_id,
        channel="email",
        reason=Reason.HANDED_OVER,
        address="ana@example.com",
        language="es",
        zone="Europe/Madrid",
        message_id=f"<{key}@example.org>",
        consent=Consent.objects.get(),
        provider="postmark",
        provider_id="p-1",
        due_at=now,
        tries=1,
        created_at=now,
        settled_at=now,
    )


def news(message: Message, kind: ReceiptKind, key: str = "", **values: Any) -> News:
    usual: dict[str, Any] = {
        "provider": "postmark",
        "key": key or f"{kind}",
        "kind": kind,
        "at": message.created_at + timedelta(minutes=1),
        "message_pk": message.pk,
    }
    return News(**{**usual, **values})


def reason_of(message: Message) -> str:
    message.refresh_from_db()
    return message.reason


def trouble() -> str:
    return AddressState.objects.values_list("trouble", flat=True).first() or ""


def test_a_delivery_makes_handed_over_delivered_and_is_kept_once(sent, now):
    told = news(sent, ReceiptKind.DELIVERED)
    assert apply_receipt(news=told, now=now)
    assert not apply_receipt(news=told, now=now + timedelta(hours=1))
    assert reason_of(sent) == Reason.DELIVERED
    assert Receipt.objects.count() == 1
    assert AddressState.objects.get().delivered_at == told.at


def test_without_our_own_id_the_providers_name_finds_the_message(sent, now):
    apply_receipt(
        news=news(sent, ReceiptKind.DELIVERED, message_pk=None, provider_id="p-1"), now=now
    )
    assert reason_of(sent) == Reason.DELIVERED


@pytest.mark.parametrize(
    "values",
    [
        {"message_pk": uuid7()},
        {"message_pk": None, "provider_id": "p-2"},
        {"message_pk": None, "provider_id": "p-1", "provider": "mailgun"},
        {"message_pk": None},
        {"business_id": uuid7()},
    ],
)
def test_news_about_nothing_of_ours_leaves_no_row(sent, now, values):
    assert not apply_receipt(news=news(sent, ReceiptKind.BOUNCED_HARD, **values), now=now)
    assert (reason_of(sent), Receipt.objects.count()) == (Reason.HANDED_OVER, 0)
    assert AddressState.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "reason", "state"),
    [
        (ReceiptKind.SENT, Reason.HANDED_OVER, ""),
        (ReceiptKind.DELIVERED, Reason.DELIVERED, ""),
        (ReceiptKind.BOUNCED_SOFT, Reason.BOUNCED_SOFT, ""),
        (ReceiptKind.BOUNCED_HARD, Reason.BOUNCED_HARD, Trouble.BOUNCED),
        (ReceiptKind.FILTERED, Reason.CARRIER_FILTERED, ""),
        (ReceiptKind.FAILED, Reason.PROVIDER_ERROR, ""),
        (ReceiptKind.COMPLAINED, Reason.DELIVERED, Trouble.COMPLAINED),
        (ReceiptKind.OPTED_OUT, Reason.OPTED_OUT, Trouble.STOPPED),
        (ReceiptKind.LANDLINE, Reason.LANDLINE, Trouble.LANDLINE),
        (ReceiptKind.INVALID, Reason.INVALID_NUMBER, Trouble.INVALID),
    ],
)
def test_each_kind_has_its_reason_and_closes_the_address_or_not(sent, now, kind, reason, state):
    apply_receipt(news=news(sent, kind), now=now)
    assert (reason_of(sent), trouble()) == (reason, state)


@pytest.mark.req("MSG-11")
def test_whatever_the_order_and_however_often_the_end_is_the_same(sent, now):
    kinds = [
        ReceiptKind.SENT,
        ReceiptKind.BOUNCED_SOFT,
        ReceiptKind.DELIVERED,
        ReceiptKind.FAILED,
        ReceiptKind.BOUNCED_HARD,
    ]
    orders = list(islice(permutations(kinds), 0, None, 20))
    for number, order in enumerate(orders):
        for kind in (*order, *order):
            apply_receipt(news=news(sent, kind, key=f"{number}-{kind}"), now=now)
        assert reason_of(sent) == Reason.BOUNCED_HARD, order
        Message.objects.update(reason=Reason.HANDED_OVER)
    assert Receipt.objects.count() == len(orders) * len(kinds)
    assert list(AddressEvent.objects.values_list("trouble", flat=True)) == [Trouble.BOUNCED]


def test_what_nobody_knew_is_known_once_the_provider_says_so(sent, now):
    Message.objects.update(
        reason=Reason.UNKNOWN, send_at=now + timedelta(minutes=10), settled_at=None
    )
    apply_receipt(news=news(sent, ReceiptKind.DELIVERED), now=now)
    sent.refresh_from_db()
    assert (sent.reason, sent.send_at, sent.settled_at) == (Reason.DELIVERED, None, now)


def test_a_receipt_that_is_quicker_than_we_waits_for_the_settling(sent, now):
    """Its effect on the address is immediate; the message is left to whoever has it in hand."""
    Message.objects.update(reason=Reason.QUEUED, send_at=now, settled_at=None, provider_id="")
    Attempt.objects.create(
        business=sent.business, message=sent, number=1, outcome=Outcome.OPEN, started_at=now
    )
    apply_receipt(news=news(sent, ReceiptKind.BOUNCED_HARD), now=now)
    assert (reason_of(sent), trouble()) == (Reason.QUEUED, Trouble.BOUNCED)


def test_an_old_bounce_does_not_close_an_address_that_was_opened_since(sent, now):
    named = {"business_id": sent.business_id, "channel": "email", "address": "ANA@example.com"}
    change_address_state(**named, trouble=Trouble.BOUNCED, because="receipt", now=now)
    opened_at = now + timedelta(hours=1)
    change_address_state(**named, trouble="", because="staff", now=opened_at)
    late = news(sent, ReceiptKind.BOUNCED_HARD, at=now + timedelta(minutes=5))
    apply_receipt(news=late, now=opened_at + timedelta(minutes=1))
    assert trouble() == ""
    fresh = news(sent, ReceiptKind.BOUNCED_HARD, key="2", at=opened_at + timedelta(minutes=2))
    apply_receipt(news=fresh, now=opened_at + timedelta(minutes=3))
    assert trouble() == Trouble.BOUNCED


def test_a_receipt_about_a_direct_text_counts_for_it_and_its_number(business: Business, now):
    text = DirectText.objects.create(
        business=business,
        purpose="reply",
        number="+34600000001",
        body="Hola",
        reason=Reason.HANDED_OVER,
        provider="twilio",
        provider_id="SM1",
        tries=1,
        created_at=now,
        settled_at=now,
    )
    told = News(
        provider="twilio",
        key="SM1:30006",
        kind=ReceiptKind.LANDLINE,
        at=now,
        provider_id="SM1",
        business_id=business.pk,
        code="30006",
    )
    assert apply_receipt(news=told, now=now)
    text.refresh_from_db()
    state = AddressState.objects.get()
    assert text.reason == Reason.LANDLINE
    assert (state.channel, state.address, state.trouble) == ("sms", text.number, Trouble.LANDLINE)


def test_a_bounced_mail_of_an_account_says_so_on_its_row_and_nowhere_else(business, now):
    parcel = sealed.keep(purpose="account-mail", content={}, now=now)
    mail = AccountMail.objects.create(
        kind="proof",
        address="x@example.com",
        parcel_id=parcel,
        message_id="<a@example.org>",
        reason=Reason.HANDED_OVER,
        tries=1,
        created_at=now,
        settled_at=now,
    )
    told = News(
        provider="postmark", key="b", kind=ReceiptKind.BOUNCED_HARD, at=now, message_pk=mail.pk
    )
    assert apply_receipt(news=told, now=now)
    assert not apply_receipt(news=told, now=now)
    mail.refresh_from_db()
    assert mail.reason == Reason.BOUNCED_HARD
    assert (Receipt.objects.count(), AddressState.objects.count()) == (0, 0)
