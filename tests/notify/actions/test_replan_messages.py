"""What waits follows the appointment and the plan: moved in place, killed by a cancellation, planned once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from clientela.booking import events
from clientela.booking.models import Appointment, Channel, Series, Status
from clientela.business.models import Professional, Resource, ResourceKind
from clientela.catalogue.models import Service
from clientela.notify.actions.replan_changed import replan_changed
from clientela.notify.actions.replan_messages import replan_messages
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import (
    Message,
    MessagePolicy,
    MessageRule,
    Reason,
    Recipient,
    Rule,
)
from clientela.notify.queries.trace import trace
from clientela.people.models import Client, Identifier

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(business) -> Callable[..., MessageRule]:
    """Give a function that adds a line to the plan of the business."""

    def add(rule: Rule, timing: str = "", **more: Any) -> MessageRule:
        usual = {"recipient": Recipient.CLIENT, "created_at": business.created_at}
        return MessageRule.objects.create(
            business=business, rule=rule, timing=timing, **{**usual, **more}
        )

    return add


@pytest.fixture
def ana(client_card: Client, now: datetime) -> Client:
    """Ana has proved her address, so that she is reminded."""
    Identifier.objects.update(verified_at=now)
    return client_card


@pytest.fixture
def move(tell: Callable[..., None]) -> Callable[..., None]:
    """Give a function that moves an appointment as booking would, and lets the worker hear of it."""

    def shift(appointment: Appointment, by: timedelta, **more: Any) -> None:
        before = appointment.starts_at
        former = appointment.professional_id
        appointment.starts_at += by
        appointment.ends_at += by
        appointment.sequence += 1
        for name, value in more.pop("set", {}).items():
            setattr(appointment, name, value)
        appointment.save()
        tell(
            events.AppointmentRescheduled,
            appointment,
            previous_starts_at=before,
            previous_location_id=appointment.location_id,
            previous_professional_id=former,
            **more,
        )

    return shift


def reminders() -> list[tuple[Any, ...]]:
    rows = Message.objects.filter(rule=Rule.REMINDER).order_by("id")
    return list(rows.values_list("occurrence", "reason", "due_at", "send_at", "tries"))


def test_a_booking_plans_its_reminders_and_they_stay_open_until_they_are_due(
    plan, appointment, ana, tell
):
    plan(Rule.REMINDER, "before:1440", by_push=True)
    plan(Rule.REMINDER, "day:1@540")
    tell(events.AppointmentBooked, appointment)
    rows = Message.objects.filter(rule=Rule.REMINDER).order_by("due_at", "channel")
    nine = datetime.fromisoformat("2026-11-23T08:00:00Z")
    before = appointment.starts_at - DAY
    assert list(rows.values_list("timing", "channel", "reason", "due_at", "send_at")) == [
        ("day:1@540", "email", Reason.QUEUED, nine, nine),
        ("before:1440", "email", Reason.QUEUED, before, before),
        ("before:1440", "push", Reason.QUEUED, before, before),
    ]


def test_a_move_moves_the_row_in_place_and_a_second_one_again(plan, appointment, ana, tell, move):
    plan(Rule.REMINDER, "before:1440")
    tell(events.AppointmentBooked, appointment)
    (key,) = Message.objects.filter(rule=Rule.REMINDER).values_list("message_id", flat=True)
    for turn in (1, 2):
        move(appointment, DAY)
        due = appointment.starts_at - DAY
        assert reminders() == [(turn, Reason.QUEUED, due, due, 0)]
    assert Message.objects.get(rule=Rule.REMINDER).message_id == key


def test_a_row_that_was_too_close_opens_again_when_the_appointment_moves_away(
    plan, make_appointment, ana, tell, move, now
):
    plan(Rule.REMINDER, "before:1440")
    appointment = make_appointment(starts_at=now + 5 * HOUR)
    tell(events.AppointmentBooked, appointment)
    assert [one[1] for one in reminders()] == [Reason.TOO_CLOSE]
    move(appointment, 3 * DAY)
    due = appointment.starts_at - DAY
    assert reminders() == [(1, Reason.QUEUED, due, due, 0)]
    move(appointment, -3 * DAY)
    assert [one[:2] for one in reminders()] == [(2, Reason.TOO_CLOSE)]


def test_a_reminder_that_was_sent_stays_and_the_new_time_gets_its_own(
    plan, appointment, ana, tell, move
):
    plan(Rule.REMINDER, "before:1440")
    tell(events.AppointmentBooked, appointment)
    first = appointment.starts_at - DAY
    send_due(now=first)
    move(appointment, 2 * DAY)
    due = appointment.starts_at - DAY
    assert reminders() == [
        (0, Reason.HANDED_OVER, first, None, 1),
        (1, Reason.QUEUED, due, due, 0),
    ]


def test_the_same_fact_heard_again_or_out_of_order_plans_nothing_twice(
    plan, appointment, ana, tell, move
):
    plan(Rule.REMINDER, "before:1440")
    move(appointment, DAY)  # heard before the booking
    rows = reminders()
    appointment.sequence = 0
    tell(events.AppointmentBooked, appointment)
    assert reminders() == rows


def test_a_client_who_says_they_come_does_not_lose_their_reminder(plan, appointment, ana, tell):
    plan(Rule.REMINDER, "before:1440")
    tell(events.AppointmentBooked, appointment)
    Appointment.objects.update(sequence=1, client_confirmed_at=appointment.created_at)
    send_due(now=appointment.starts_at - DAY)
    assert [one[1] for one in reminders()] == [Reason.HANDED_OVER]


def test_a_confirmation_that_waits_is_not_overtaken_by_a_client_who_says_they_come(
    plan, appointment, ana, tell, now
):
    from clientela.notify.handlers import carry  # noqa: PLC0415 -- after Django's set-up

    plan(Rule.CONFIRMATION)
    tell(events.AppointmentBooked, appointment)
    Appointment.objects.update(sequence=1, client_confirmed_at=now)
    event = events.AppointmentConfirmedByClient(
        business_id=appointment.business_id, appointment_id=appointment.pk, sequence=1, by="guest"
    )
    with transaction.atomic():
        carry(event, now=now)
    send_due(now=now)
    assert Message.objects.get(rule=Rule.CONFIRMATION).reason == Reason.HANDED_OVER


def test_a_cancellation_kills_what_waits_and_leaves_what_was_sent(plan, appointment, ana, tell):
    plan(Rule.REMINDER, "before:1440")
    plan(Rule.REMINDER, "before:60")
    tell(events.AppointmentBooked, appointment)
    send_due(now=appointment.starts_at - DAY)
    appointment.status, appointment.sequence = Status.CANCELLED, 1
    appointment.save()
    tell(events.AppointmentCancelled, appointment, because="in-time")
    assert {one[1] for one in reminders()} == {Reason.HANDED_OVER, Reason.CANCELLED_BEFORE_SEND}


def test_a_request_is_reminded_of_only_once_it_is_confirmed(plan, make_appointment, ana, tell):
    plan(Rule.REMINDER, "before:1440")
    appointment = make_appointment(status=Status.REQUESTED)
    tell(events.AppointmentRequested, appointment)
    assert reminders() == []
    appointment.status, appointment.sequence = Status.CONFIRMED, 1
    appointment.save()
    tell(events.RequestConfirmed, appointment, by="staff")
    assert [one[:2] for one in reminders()] == [(1, Reason.QUEUED)]


def test_each_appointment_of_a_series_has_its_own_reminder(
    plan, make_appointment, ana, service, business, tell, now
):
    plan(Rule.REMINDER, "before:1440")
    plan(Rule.CONFIRMATION)
    row = Series.objects.create(
        business=business, client=ana, service=service, every_weeks=1, count=3, created_at=now
    )
    first = now + 3 * DAY
    for week in range(3):
        made = make_appointment(series=row, starts_at=first + week * 7 * DAY)
        tell(events.AppointmentBooked, made)
    assert [one[1] for one in reminders()] == [Reason.QUEUED] * 3
    confirmations = Message.objects.filter(rule=Rule.CONFIRMATION).order_by("id")
    assert [one.reason for one in confirmations] == ["queued", *["duplicate_suppressed"] * 2]


def test_the_professional_who_loses_an_appointment_is_not_reminded_of_it(
    plan, appointment, business, ana, tell, move
):
    plan(Rule.STAFF_REMINDER, "before:60", recipient=Recipient.PROFESSIONAL)
    tell(events.AppointmentBooked, appointment)
    resource = Resource.objects.create(
        business=business, kind=ResourceKind.PROFESSIONAL, name="Tomás"
    )
    tomas = Professional.objects.create(
        business=business, resource=resource, email="tomas@example.org"
    )
    move(appointment, DAY, set={"professional": tomas})
    rows = Message.objects.filter(rule=Rule.STAFF_REMINDER).order_by("id")
    assert [(one.address, one.reason) for one in rows] == [
        ("irene@example.org", Reason.SUPERSEDED),
        ("tomas@example.org", Reason.QUEUED),
    ]


def test_a_reminder_of_who_works_here_twice_is_told_once(plan, appointment, business, ana, tell):
    for recipient in (Recipient.DESK, Recipient.PROFESSIONAL):
        plan(Rule.STAFF_REMINDER, "before:60", recipient=recipient)
    business.email = "irene@example.org"
    business.save()
    tell(events.AppointmentBooked, appointment)
    rows = Message.objects.filter(rule=Rule.STAFF_REMINDER)
    assert dict(rows.values_list("recipient", "reason")) == {
        "professional": Reason.QUEUED,
        "desk": Reason.DUPLICATE_SUPPRESSED,
    }


def test_what_came_in_a_file_is_reminded_of_though_nobody_is_told_that_it_came(
    plan, make_appointment, ana, now
):
    plan(Rule.CONFIRMATION)
    plan(Rule.REMINDER, "before:1440")
    made = make_appointment(channel=Channel.IMPORT)
    with transaction.atomic():
        assert replan_messages(appointments=[made], happened_at=now, now=now) == 1
    assert [one.rule for one in Message.objects.all()] == [Rule.REMINDER]


def test_a_follow_up_waits_for_the_end_and_goes_to_who_wished_it(plan, appointment, ana, tell, now):
    plan(Rule.FOLLOW_UP, "after:120")
    tell(events.AppointmentBooked, appointment)
    row = Message.objects.get(rule=Rule.FOLLOW_UP)
    assert (row.reason, row.due_at) == (Reason.QUEUED, appointment.ends_at + 2 * HOUR)
    send_due(now=row.due_at)
    row.refresh_from_db()
    assert (row.reason, row.because) == (Reason.CHANNEL_OFF_BY_CLIENT, "not-wished")


class TestAfterAChangeOfThePlan:
    """The chore that brings appointments ahead into line with a plan that was changed."""

    @pytest.fixture(autouse=True)
    def changed(self, business, now):
        """Mark the plan as changed."""
        self.policy = MessagePolicy.objects.create(business=business, rules_changed_at=now)

    def test_a_new_line_is_planned_for_what_is_ahead_and_says_where_it_is_too_close(
        self, plan, make_appointment, ana, now
    ):
        plan(Rule.REMINDER, "before:1440")
        make_appointment(starts_at=now + 3 * HOUR)
        make_appointment(starts_at=now + 3 * DAY)
        make_appointment(starts_at=now - 3 * DAY)
        assert replan_changed(now=now) == 2
        assert [one[1] for one in reminders()] == [Reason.TOO_CLOSE, Reason.QUEUED]
        self.policy.refresh_from_db()
        assert self.policy.rules_changed_at is None

    def test_a_line_that_vanished_or_was_switched_off_settles_its_rows_and_comes_back(
        self, plan, appointment, ana, tell, now
    ):
        kept, gone = plan(Rule.REMINDER, "before:120"), plan(Rule.REMINDER, "before:1440")
        tell(events.AppointmentBooked, appointment)
        gone.delete()
        MessageRule.objects.filter(pk=kept.pk).update(is_on=False)
        replan_changed(now=now)
        assert [(one[1], one[3]) for one in reminders()] == [(Reason.RULE_DISABLED, None)] * 2
        MessageRule.objects.filter(pk=kept.pk).update(is_on=True)
        MessagePolicy.objects.update(rules_changed_at=now)
        replan_changed(now=now)
        assert {one[1] for one in reminders()} == {Reason.QUEUED, Reason.RULE_DISABLED}

    def test_nothing_changes_when_it_is_done_again(self, plan, make_appointment, ana, now):
        plan(Rule.REMINDER, "before:1440")
        make_appointment(starts_at=now + 3 * DAY)
        replan_changed(now=now)
        rows = list(Message.objects.values())
        MessagePolicy.objects.update(rules_changed_at=now)
        replan_changed(now=now)
        assert list(Message.objects.values()) == rows

    def test_what_is_overdue_for_want_of_a_worker_is_not_called_too_close(
        self, plan, appointment, ana, tell, now
    ):
        plan(Rule.REMINDER, "before:1440")
        tell(events.AppointmentBooked, appointment)
        replan_changed(now=appointment.starts_at - HOUR)
        assert [one[1] for one in reminders()] == [Reason.QUEUED]

    def test_a_change_made_meanwhile_keeps_its_mark(self, monkeypatch, appointment, ana, now):
        later = now + HOUR

        def change(_: str) -> None:
            MessagePolicy.objects.update(rules_changed_at=later)

        monkeypatch.setattr("clientela.notify.actions.replan_changed.failpoint", change)
        replan_changed(now=now)
        self.policy.refresh_from_db()
        assert self.policy.rules_changed_at == later

    def test_a_batch_costs_the_same_queries_however_many_are_in_it(
        self, plan, make_appointment, ana, now, django_assert_num_queries
    ):
        plan(Rule.REMINDER, "before:1440", by_push=True)
        for count in (1, 8):
            for day in range(count):
                make_appointment(starts_at=now + (2 + day) * DAY)
            found = list(
                Appointment.objects.select_related("business", "client", "professional__account")
            )
            with transaction.atomic(), django_assert_num_queries(9):
                replan_messages(appointments=found, happened_at=now, now=now)
            Message.objects.all().delete()


def test_a_service_with_a_plan_of_its_own_has_that_one(
    plan, make_appointment, service, business, ana, tell
):
    plan(Rule.REMINDER, "before:1440")
    plan(Rule.REMINDER, "before:120", service=service)
    other = Service.objects.create(business=business, name="Masaje", duration_minutes=30)
    for one in (service, other):
        tell(events.AppointmentBooked, make_appointment(service=one))
    rows = Message.objects.filter(rule=Rule.REMINDER).order_by("id")
    assert [(one.appointment.service, one.timing) for one in rows] == [
        (service, "before:120"),
        (other, "before:1440"),
    ]


def test_a_worker_that_was_dead_for_two_hours_says_so(plan, make_appointment, ana, tell, now):
    """MSG-09, small: what fell due meanwhile and is still news leaves; the rest has its reason."""
    plan(Rule.REMINDER, "before:60")
    soon, later = (make_appointment(starts_at=now + hours * HOUR) for hours in (2, 3))
    for one in (soon, later):
        tell(events.AppointmentBooked, one)
    back = now + timedelta(hours=2, minutes=15)
    assert {line.reason for line in trace(appointment=soon, now=back)} == {Reason.SCHEDULER_DOWN}
    send_due(now=back)
    assert {line.reason for line in trace(appointment=soon, now=back)} == {Reason.SCHEDULER_DOWN}
    assert {line.reason for line in trace(appointment=later, now=back)} == {Reason.HANDED_OVER}


def test_a_row_taken_by_a_worker_that_is_moved_meanwhile_is_no_longer_theirs(
    plan, appointment, ana, tell, move
):
    plan(Rule.REMINDER, "before:1440")
    tell(events.AppointmentBooked, appointment)
    before = Message.objects.get(rule=Rule.REMINDER).lease_epoch
    move(appointment, DAY)
    assert Message.objects.get(rule=Rule.REMINDER).lease_epoch > before


@pytest.mark.usefixtures("ana")
def test_an_open_row_shows_what_it_would_come_to_as_things_stand(plan, appointment, tell, now):
    plan(Rule.REMINDER, "before:1440")
    tell(events.AppointmentBooked, appointment)
    (line,) = trace(appointment=appointment, now=now)
    assert (line.reason, line.outlook, line.is_open) == (Reason.QUEUED, Reason.QUEUED, True)
    Client.objects.update(notify_by="none")
    (line,) = trace(appointment=appointment, now=now)
    assert line.outlook is Reason.CHANNEL_OFF_BY_CLIENT
    send_due(now=line.due_at)
    (line,) = trace(appointment=appointment, now=line.due_at)
    assert (line.reason, line.outlook) == (Reason.CHANNEL_OFF_BY_CLIENT, None)
