"""Whom messages may reach: decision C1, as a table and through planning and sending."""

from __future__ import annotations

from itertools import product

import pytest
from allauth.account.models import EmailAddress
from tests.factories import make_account

from clientela.booking import events
from clientela.booking.models import Channel
from clientela.business.models import BookingPolicy, NotificationGate
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.actions.send_due import send_due
from clientela.notify.gate import Standing, pass_gate
from clientela.notify.models import AccountMail, Message, Reason, SimulatedMail
from clientela.people.actions.accept_welcome import accept_welcome
from clientela.people.actions.activate import activate
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.events import WelcomeSent
from clientela.people.models import Consent, How, Identifier, NotifyBy
from clientela.platform.actor import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]
STAFF = Actor.system("tests")


def reason() -> str:
    return Message.objects.filter(recipient="client").latest("created_at", "id").reason


@pytest.fixture
def staff_books(make_appointment, tell):
    """Give a function by which the desk books, and the client should hear of it."""

    def book():
        made = make_appointment(channel=Channel.STAFF)
        tell(events.AppointmentBooked, made, by="staff")
        return made

    return book


def test_the_whole_table():
    gates = NotificationGate
    for gate, own, active, proved, by in product(
        gates, (False, True), (False, True), (False, True), NotifyBy
    ):
        expected = {
            gates.OWN_BOOKING: Reason.QUEUED if own or active or proved else Reason.NOT_ACTIVATED,
            gates.ACTIVATED_ONLY: Reason.QUEUED if active else Reason.NOT_ACTIVATED,
            gates.VERIFIED_CONTACT: Reason.QUEUED if proved else Reason.POLICY_GATE,
        }[gate]
        if by is NotifyBy.NONE:
            expected = Reason.CHANNEL_OFF_BY_CLIENT
        standing = Standing(
            gate=gate, is_own=own, is_activated=active, is_verified=proved, notify_by=by
        )
        assert pass_gate(standing) is expected, standing


@pytest.mark.req("S1.45")
def test_what_the_staff_book_is_held_until_the_client_has_come_in(staff_books, now):
    staff_books()
    assert reason() == Reason.NOT_ACTIVATED
    assert send_due(now=now) == 0
    assert SimulatedMail.objects.count() == 0


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.API])
def test_what_a_person_books_for_themselves_is_confirmed_at_the_address_they_typed(
    make_appointment, tell, channel
):
    tell(events.AppointmentBooked, make_appointment(channel=channel))
    assert reason() == Reason.QUEUED


def test_what_came_in_a_file_is_nobodys_own_booking(make_appointment, tell):
    tell(
        events.AppointmentCancelled,
        make_appointment(channel=Channel.IMPORT, status="cancelled"),
        by="staff",
        because="staff",
    )
    assert reason() == Reason.NOT_ACTIVATED


@pytest.mark.req("S1.44", "S1.45")
def test_the_first_coming_in_proves_the_mailbox_opens_the_gate_and_records_the_consent(
    business, client_card, staff_books, now
):
    staff_books()
    assert reason() == Reason.NOT_ACTIVATED
    account = make_account("ana@example.com", "Ana Prueba")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    send_welcome(client=client_card, by=STAFF, now=now)
    client_card.refresh_from_db()
    accept_welcome(client=client_card, account=account, by=Actor.client(account.pk), now=now)
    activate(account=account, notify_by=NotifyBy.EMAIL, by=Actor.client(account.pk), now=now)
    assert Identifier.objects.get(client=client_card).verified_at is not None
    assert Consent.objects.filter(client=client_card, how=How.ACTIVATION).count() == 1
    staff_books()
    assert reason() == Reason.QUEUED
    send_due(now=now)
    # What was held stays held: coming in does not set off a burst of old mails.
    assert SimulatedMail.objects.count() == 1


@pytest.mark.req("S1.47")
def test_a_client_stops_messages_at_any_time_and_also_those_that_wait(
    client_card, appointment, tell, now
):
    tell(events.AppointmentBooked, appointment)
    assert reason() == Reason.QUEUED
    set_preferences(
        client=client_card, notify_by=NotifyBy.NONE, how=How.STOP_LINK, by=Actor.guest(), now=now
    )
    send_due(now=now)
    assert reason() == Reason.CHANNEL_OFF_BY_CLIENT
    assert not SimulatedMail.objects.filter(address="ana@example.com").exists()
    appointment.sequence = 1
    appointment.save()
    tell(events.AppointmentBooked, appointment)
    assert reason() == Reason.CHANNEL_OFF_BY_CLIENT


@pytest.mark.req("S1.47")
def test_who_has_not_stopped_them_gets_them(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    send_due(now=now)
    assert reason() == Reason.HANDED_OVER
    assert SimulatedMail.objects.filter(address="ana@example.com").count() == 1


def test_a_gate_that_was_closed_meanwhile_holds_what_waits(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    BookingPolicy.objects.update(notification_gate=NotificationGate.VERIFIED_CONTACT)
    send_due(now=now)
    assert reason() == Reason.POLICY_GATE


def test_staff_pass_no_gate(appointment, client_card, tell, now):
    BookingPolicy.objects.update(notification_gate=NotificationGate.ACTIVATED_ONLY)
    tell(events.AppointmentBooked, appointment)
    reasons = dict(Message.objects.values_list("recipient", "reason"))
    assert reasons == {
        "client": Reason.NOT_ACTIVATED,
        "professional": Reason.QUEUED,
        "desk": Reason.QUEUED,
    }


@pytest.mark.req("S1.48")
def test_welcome_and_log_in_mails_pass_no_gate(business, client_card, now):
    from clientela.notify.handlers import send_welcome as hear  # noqa: PLC0415 -- after set-up

    BookingPolicy.objects.update(notification_gate=NotificationGate.ACTIVATED_ONLY)
    client_card.notify_by = NotifyBy.NONE
    client_card.save()
    send_welcome(client=client_card, by=STAFF, now=now)
    hear(WelcomeSent(business_id=business.pk, client_id=client_card.pk), now=now)
    letter = AccountLetter(
        language="en", subject="A code", headline="A code", sentences=(), why="", code="123"
    )
    queue_account_mail(kind="login_code", address="ana@example.com", letter=letter, now=now)
    send_account_mails(now=now)
    kinds = dict(AccountMail.objects.values_list("kind", "reason"))
    assert kinds == {"welcome": Reason.HANDED_OVER, "login_code": Reason.HANDED_OVER}
