"""Mails about somebody who left are forgotten; those about a business that closes are written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import NOW, at

from clientela.booking.actions.cancel import cancel_appointment
from clientela.business.actions.close_business import close_business
from clientela.business.actions.reopen_business import reopen_business
from clientela.business.models import Business, Location, Role
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.forget_addresses import forget_account_mails, forget_client_messages
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.actions.tell_closing import tell_closing
from clientela.notify.models import (
    AccountMail,
    Attempt,
    Message,
    Reason,
    Receipt,
    ReceiptKind,
    Recipient,
    SimulatedMail,
)
from clientela.people.models import Client
from clientela.platform import sealed, worker

ANA, BOSS = "ana@example.com", "boss@example.com"


@pytest.fixture
def told(business: Business, location: Location) -> Client:
    """Ana's card, with an appointment whose confirmation went out, and one whose cancellation waits."""
    service = factories.make_service(
        business, professionals=(factories.make_professional(business),)
    )
    card = factories.make_client(business)
    Client.objects.filter(pk=card.pk).update(activated_at=NOW)
    made = factories.book(service, at("2026-11-26 10:00"), client=card).appointment
    for _ in range(3):
        worker.run_once(NOW)
    cancel_appointment(appointment=made, by=factories.GUEST, door="portal", now=NOW)
    worker.hear_due_events(NOW)
    return card


def test_addresses_go_and_what_waits_never_leaves(told: Client) -> None:
    to_client = Message.objects.filter(recipient=Recipient.CLIENT)
    quoted = f"550 <{ANA}>: no such user"
    Attempt.objects.update(detail=quoted)
    for message in Message.objects.all():
        Receipt.objects.create(
            business=message.business,
            message=message,
            provider="smtp",
            key=str(message.pk),
            kind=ReceiptKind.BOUNCED_HARD,
            code="5.1.1",
            detail=quoted,
            at=NOW,
            received_at=NOW,
        )
    assert to_client.filter(send_at__isnull=False).exists()
    assert SimulatedMail.objects.filter(address=ANA).exists()
    forget_client_messages(card=told, now=NOW)
    assert not Message.objects.filter(address=ANA).exists()
    assert set(to_client.filter(settled_at=NOW).values_list("send_at", flat=True)) == {None}
    assert Reason.CANCELLED_BEFORE_SEND in set(to_client.values_list("reason", flat=True))
    assert not SimulatedMail.objects.exists(), "those to the staff name her too"
    receipts = Receipt.objects.filter(message__recipient=Recipient.CLIENT)
    assert set(receipts.values_list("code", "detail")) == {("5.1.1", "")}
    assert not Attempt.objects.filter(message__in=to_client, detail=quoted).exists()
    assert Message.objects.exclude(recipient=Recipient.CLIENT).exclude(address="").exists()


def letter() -> AccountLetter:
    return AccountLetter(language="en", subject="s", headline="h", sentences=("x",), why="y")


def test_mails_about_a_log_in_are_forgotten_with_it_words_and_all(db: None) -> None:
    mine = queue_account_mail(kind="login_code", address=ANA, letter=letter(), now=NOW)
    other = queue_account_mail(kind="login_code", address=BOSS, letter=letter(), now=NOW)
    forget_account_mails(emails=[ANA], now=NOW)
    mine.refresh_from_db()
    assert (mine.address, mine.send_at) == ("", None)
    with pytest.raises(sealed.Unreadable):
        sealed.open_kept(mine.parcel_id)
    other.refresh_from_db()
    assert (other.address, other.send_at) == (BOSS, NOW)


@pytest.fixture
def closing(business: Business, location: Location) -> Business:
    """A business with two clients, of whom one has two appointments ahead, and an owner; given up."""
    service = factories.make_service(
        business, professionals=(factories.make_professional(business),)
    )
    card = factories.make_client(business, language="it")
    factories.make_client(business, "Past Only", "past@example.com")
    factories.make_member(business, factories.make_account(BOSS), Role.OWNER)
    for text in ("2026-11-24 10:00", "2026-11-26 10:00"):
        factories.book(service, at(text), client=card, by=factories.STAFF)
    return close_business(business=business, name_typed=business.name, by=factories.SYSTEM, now=NOW)


@pytest.mark.req("S2.21")
def test_each_client_who_is_expected_hears_once_and_so_do_the_owners(closing: Business) -> None:
    assert tell_closing(business_id=closing.pk, now=NOW) == 2
    mails = {one.address: sealed.open_kept(one.parcel_id) for one in AccountMail.objects.all()}
    assert set(mails) == {ANA, BOSS}
    client, owner = mails[ANA], mails[BOSS]
    assert client["language"] == "it"
    words = " ".join(client["sentences"])
    assert "24 novembre 2026, 10:00 (ora di Madrid" in words
    assert "23 dicembre 2026" in words
    assert "+34 910 000 000" in words
    assert owner["link"].endswith("/desk/fisio/settings/closing/")


def test_who_is_no_longer_expected_or_left_no_address_is_not_told(closing: Business) -> None:
    assert tell_closing(business_id=closing.pk, now=NOW + timedelta(days=7)) == 1
    assert AccountMail.objects.get().address == BOSS


def test_nobody_is_told_of_what_was_undone_meanwhile(closing: Business) -> None:
    reopen_business(business=closing, by=factories.SYSTEM, now=NOW)
    assert tell_closing(business_id=closing.pk, now=NOW) == 0
