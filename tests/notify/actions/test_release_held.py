"""Coming in for the first time: what is still worth knowing is told, and never all that was held back (S1.49)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from tests.factories import make_account

from clientela.booking import events
from clientela.booking.models import Appointment, Channel, Series, Status
from clientela.notify.actions.release_held import AT_MOST, release_held
from clientela.notify.actions.send_due import send_due
from clientela.notify.handlers import release
from clientela.notify.models import Message, MessageRule, Reason, Recipient, Rule
from clientela.people.actions.activate import activate
from clientela.people.events import CardActivated
from clientela.people.models import Client, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.outbox import OutboxEvent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("only_facts"),
    pytest.mark.req("S1.49"),
]
DAY = timedelta(days=1)


@pytest.fixture
def staffs(make_appointment, tell, now):
    """Give a function by which the desk books so many days ahead, so that the client is not told yet."""

    def book(days: int, **fields) -> Appointment:
        made = make_appointment(channel=Channel.STAFF, starts_at=now + days * DAY, **fields)
        tell(events.AppointmentBooked, made, by="staff")
        return made

    return book


def come_in(card: Client, *, now: datetime, notify_by: NotifyBy = NotifyBy.EMAIL) -> None:
    """Let the person activate their card, and the worker hear of it."""
    account = make_account("ana@example.com", "Ana Prueba")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    Client.objects.filter(pk=card.pk).update(account=account)
    activate(account=account, notify_by=notify_by, by=Actor.client(account.pk), now=now)
    event = CardActivated(business_id=card.business_id, client_id=card.pk)
    with transaction.atomic():
        release(event, now=now)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.filter(recipient=Recipient.CLIENT).order_by("id")
    return list(rows.values_list("rule", "reason"))


def test_activation_is_a_fact_that_others_hear(client_card, now):
    come_in(client_card, now=now)
    (row,) = OutboxEvent.objects.filter(name=CardActivated.name)
    assert str(client_card.pk) in str(row.payload)


def test_one_message_for_each_appointment_ahead_and_the_past_stays_as_it_was(
    client_card, staffs, now
):
    staffs(-1)
    staffs(2)
    assert {reason for _, reason in told()} == {Reason.NOT_ACTIVATED, Reason.TOO_CLOSE}
    come_in(client_card, now=now)
    assert told() == [("confirmation", Reason.TOO_CLOSE), ("confirmation", Reason.QUEUED)]
    send_due(now=now)
    assert told()[1] == ("confirmation", Reason.HANDED_OVER)


def test_only_the_newest_that_still_tells_the_truth(client_card, staffs, tell, now):
    moved = staffs(2)
    moved.sequence, moved.starts_at = 1, now + 3 * DAY
    moved.ends_at = moved.starts_at + timedelta(minutes=45)
    moved.save()
    tell(
        events.AppointmentRescheduled,
        moved,
        by="staff",
        previous_starts_at=now + 2 * DAY,
        previous_location_id=moved.location_id,
        previous_professional_id=moved.professional_id,
    )
    come_in(client_card, now=now)
    assert told() == [("confirmation", Reason.NOT_ACTIVATED), ("change", Reason.QUEUED)]


def test_what_was_cancelled_is_not_announced(client_card, staffs, tell, now):
    ended = staffs(2)
    Appointment.objects.update(status=Status.CANCELLED, sequence=1)
    ended.refresh_from_db()
    tell(events.AppointmentCancelled, ended, by="staff", because="staff")
    come_in(client_card, now=now)
    assert {reason for _, reason in told()} == {Reason.NOT_ACTIVATED}


def test_of_many_appointments_the_next_five_and_never_again(client_card, staffs, now):
    for days in range(1, 9):
        staffs(days)
    come_in(client_card, now=now)
    reasons = [reason for _, reason in told()]
    assert reasons == [Reason.QUEUED] * AT_MOST + [Reason.NOT_ACTIVATED] * 3
    send_due(now=now)
    with transaction.atomic():
        released = release_held(client_id=client_card.pk, now=now)
    # What the first time left aside is offered again only if somebody activates once more: an event is heard once.
    assert len(released) == 3


def test_a_series_that_was_held_back_is_told_in_one_message(
    client_card, service, business, make_appointment, tell, now
):
    series = Series.objects.create(
        business=business,
        client=client_card,
        service=service,
        every_weeks=1,
        count=3,
        created_at=now,
    )
    made = [
        make_appointment(series=series, channel=Channel.STAFF, starts_at=now + week * 7 * DAY)
        for week in (1, 2, 3)
    ]
    for one in made:
        tell(events.AppointmentBooked, one, by="staff")
    come_in(client_card, now=now)
    assert [reason for _, reason in told()] == [Reason.QUEUED, *[Reason.NOT_ACTIVATED] * 2]


def test_who_wants_no_messages_is_sent_none(client_card, staffs, now):
    staffs(2)
    come_in(client_card, now=now, notify_by=NotifyBy.NONE)
    assert told() == [("confirmation", Reason.NOT_ACTIVATED)]


def test_what_was_told_by_several_ways_comes_by_one(client_card, staffs, now):
    MessageRule.objects.filter(rule=Rule.CONFIRMATION).update(by_push=True)
    staffs(2)
    come_in(client_card, now=now)
    rows = Message.objects.filter(recipient=Recipient.CLIENT, reason=Reason.QUEUED)
    assert [one.channel for one in rows] == ["email"]
