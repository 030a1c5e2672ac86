"""What is for a child without a mailbox is told to whoever answers for it, as that one wishes to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from tests import factories
from tests.factories import NOW, at
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business, Location
from clientela.notify.actions.forget_addresses import forget_client_messages
from clientela.notify.actions.mail_payment import mail_receipt
from clientela.notify.diagnosis.gather import gather
from clientela.notify.letter import write_letter
from clientela.notify.models import AccountMail, Message, Reason, Recipient, Rule, SimulatedMail
from clientela.notify.queries import circumstances
from clientela.notify.queries.due_messages import due_messages
from clientela.notify.queries.forecast import for_client, forecast_of
from clientela.notify.short_text import push_text, short_text
from clientela.notify.stop_link import client_of_stop_link
from clientela.people.actions.add_child import add_child
from clientela.people.actions.leave_household import leave_household
from clientela.people.models import Client, Identifier, NotifyBy
from clientela.platform import worker
from clientela.platform.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.req("L4")]

MARTA = "marta@example.com"
TUESDAY_TEN = at("2026-11-24 10:00")


@pytest.fixture
def marta(business: Business, location: Location) -> Client:
    """Leo's mother, who proved her mailbox."""
    card = card_of(business, person(MARTA, "Marta Prueba"))
    Client.objects.filter(pk=card.pk).update(activated_at=NOW, notify_by=NotifyBy.EMAIL)
    Identifier.objects.filter(client=card).update(verified_at=NOW)
    card.refresh_from_db()
    return card


@pytest.fixture
def leo(marta: Client) -> Client:
    """Her child, who has no mailbox."""
    return child_of(marta, "Leo Prueba")


@pytest.fixture
def visit(leo: Client, marta: Client) -> Appointment:
    """What she booked for him."""
    people = (factories.make_professional(leo.business),)
    service = factories.make_service(leo.business, professionals=people)
    return booked(service, marta, leo)


def child_of(card: Client, name: str) -> Client:
    assert card.account is not None
    by = Actor.client(card.account.pk)
    return add_child(account=card.account, card=card, name=name, by=by, now=NOW)


def booked(service: factories.Service, card: Client, relative: Client | None) -> Appointment:
    assert card.account is not None
    return book_appointment(
        business=service.business,
        service=service,
        starts_at=TUESDAY_TEN,
        client=None,
        account=card.account,
        relative=relative,
        by=Actor.client(card.account.pk),
        channel=Channel.WEB,
        door="booking-page",
        now=NOW,
    ).appointment


def told(visit: Appointment) -> list[Message]:
    """The rows to the client, once the worker has heard."""
    worker.hear_due_events(NOW)
    rows = Message.objects.filter(appointment=visit, recipient=Recipient.CLIENT, channel="email")
    return list(rows.order_by("rule"))


def as_due(message: Message) -> Message:
    (due,) = due_messages(ids=[message.pk], now=NOW)
    return due.message


def mails() -> Sequence[SimulatedMail]:
    worker.run_once(NOW)
    return list(SimulatedMail.objects.filter(address=MARTA).order_by("pk"))


def test_the_guardian_gets_the_confirmation_and_the_reminder(visit: Appointment) -> None:
    rows = told(visit)
    assert [(one.rule, one.address, one.reason) for one in rows] == [
        (Rule.CONFIRMATION, MARTA, Reason.QUEUED),
        (Rule.REMINDER, MARTA, Reason.QUEUED),
    ]
    assert {one.recipient_id for one in rows} == {visit.client_id}


def test_the_mail_greets_the_guardian_and_says_whose_it_is(
    visit: Appointment, marta: Client
) -> None:
    told(visit)
    (mail,) = mails()
    parsed = message_from_bytes(bytes(mail.source), policy=default)
    assert parsed["To"] == MARTA
    assert parsed["Subject"].endswith(" · Leo")
    body = parsed.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Marta" in text
    assert "Leo Prueba" in text
    assert "create-account" not in text
    token = text.partition("/messages/")[2].partition("/")[0]
    assert client_of_stop_link(business=visit.business, token=token) == marta


def test_texts_and_pushes_begin_with_the_childs_name(visit: Appointment) -> None:
    message = as_due(told(visit)[0])
    assert short_text(message=message).startswith("Leo: ")
    assert push_text(message=message).body.startswith("Leo: ")
    assert push_text(message=message).link.endswith(f"/client/appointments/{visit.pk}/")


def test_the_staff_read_of_their_client_as_ever(visit: Appointment) -> None:
    told(visit)
    rows = Message.objects.filter(appointment=visit).exclude(recipient=Recipient.CLIENT)
    for row in rows:
        message = as_due(row)
        assert message.hearer is None
        assert " · Leo" not in write_letter(message).subject


def test_it_comes_as_the_guardian_wishes_now(visit: Appointment, marta: Client) -> None:
    confirmation, _ = told(visit)
    Client.objects.filter(pk=marta.pk).update(notify_by=NotifyBy.NONE)
    (due,) = due_messages(ids=[confirmation.pk], now=NOW)
    assert due.verdict(NOW).reason is Reason.CHANNEL_OFF_BY_CLIENT


def test_who_takes_the_child_off_hears_no_more(
    visit: Appointment, marta: Client, leo: Client
) -> None:
    confirmation, _ = told(visit)
    assert marta.account is not None
    leave_household(account=marta.account, card=leo, by=Actor.client(marta.account.pk), now=NOW)
    (due,) = due_messages(ids=[confirmation.pk], now=NOW)
    assert (due.verdict(NOW).reason, due.message.hearer) == (Reason.NO_ADDRESS, None)


def test_nobody_hears_for_an_adult_who_wants_no_messages(marta: Client, visit: Appointment) -> None:
    luis = card_of(marta.business, person("luis@example.com", "Luis Prueba"))
    household_with(marta.business, luis)
    Client.objects.filter(pk=luis.pk).update(notify_by=NotifyBy.NONE)
    luis.refresh_from_db()
    cancel_appointment(appointment=visit, by=factories.STAFF, door="desk", now=NOW)
    rows = told(booked(visit.service, luis, None))
    assert {one.reason for one in rows if one.rule == Rule.CONFIRMATION} == {
        Reason.CHANNEL_OFF_BY_CLIENT
    }
    assert MARTA not in {one.address for one in rows}


def test_the_forecast_says_what_the_rows_say(visit: Appointment) -> None:
    foretold = for_client(forecast_of(appointment=visit, now=NOW))
    reminder = told(visit)[1]
    assert [(one.address, one.reason) for one in foretold if one.channel == "email"] == [
        (reminder.address, reminder.reason)
    ]


def test_the_diagnosis_looks_at_the_guardians_mailbox(visit: Appointment) -> None:
    told(visit)
    facts = gather(appointment=visit, client=None, now=NOW, asked="email", device_zone="")
    assert (facts.mailbox.address, facts.mailbox.is_proved) == (MARTA, True)
    assert facts.name == "Leo Prueba"


def test_a_receipt_for_the_child_goes_to_the_guardian_without_a_link_that_would_not_open(
    visit: Appointment, leo: Client
) -> None:
    package = factories.make_package(visit.service)
    sale = factories.sell(leo, package)
    mail_receipt(payment_id=factories.pay(sale).pk, now=NOW)
    row = AccountMail.objects.get(kind="receipt")
    assert row.address == MARTA


def test_what_the_guardian_heard_is_forgotten_with_the_guardian(
    visit: Appointment, marta: Client
) -> None:
    told(visit)
    mails()
    assert Message.objects.filter(address=MARTA).exists()
    forget_client_messages(card=marta, now=NOW + timedelta(hours=1))
    assert not Message.objects.filter(address=MARTA).exists()
    assert not SimulatedMail.objects.filter(address=MARTA).exists()
    waiting = Message.objects.filter(recipient=Recipient.CLIENT, channel="email")
    assert not waiting.filter(send_at__isnull=False).exists()


def test_without_that_question_nobody_would_hear(
    visit: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: it is this one question that finds the guardian."""
    monkeypatch.setattr(circumstances, "hearers", lambda **_: {})
    assert {(one.address, one.reason) for one in told(visit) if one.rule == Rule.CONFIRMATION} == {
        ("", Reason.NO_ADDRESS)
    }
