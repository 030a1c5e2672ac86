"""The trace: every message, with why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.queries.trace import trace
from clientela.platform.jobs import WorkerHeartbeat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]


def beat(at) -> None:
    WorkerHeartbeat.objects.create(process="here:1", started_at=at, beat_at=at)


@pytest.mark.req("L6")
def test_the_trace_is_rules_by_recipients_each_with_a_reason(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    beat(now)
    send_due(now=now)
    lines = trace(appointment=appointment, now=now)
    assert {(line.recipient, line.rule, line.reason) for line in lines} == {
        (Recipient.CLIENT, Rule.CONFIRMATION, Reason.HANDED_OVER),
        (Recipient.PROFESSIONAL, Rule.STAFF_BOOKED, Reason.HANDED_OVER),
        (Recipient.DESK, Rule.STAFF_BOOKED, Reason.HANDED_OVER),
    }
    assert all(line.attempts[0].outcome == "accepted" for line in lines)


@pytest.mark.req("L6")
def test_a_waiting_message_without_a_living_worker_reads_scheduler_down(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    two_hours_later = now + timedelta(hours=2)
    lines = trace(appointment=appointment, now=two_hours_later)
    assert {line.reason for line in lines} == {Reason.SCHEDULER_DOWN}
    beat(two_hours_later)
    lines = trace(appointment=appointment, now=two_hours_later)
    assert {line.reason for line in lines} == {Reason.QUEUED}


def test_a_message_that_has_only_just_fallen_due_is_waiting(appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    lines = trace(appointment=appointment, now=now + timedelta(seconds=30))
    assert {line.reason for line in lines} == {Reason.QUEUED}


def test_the_trace_of_another_appointment_is_not_shown(appointment, make_appointment, tell, now):
    tell(events.AppointmentBooked, appointment)
    assert trace(appointment=make_appointment(), now=now) == []


def test_the_trace_costs_the_same_queries_for_nine_rows_as_for_three(
    appointment, tell, now, django_assert_num_queries
):
    tell(events.AppointmentBooked, appointment)
    with django_assert_num_queries(13):  # of which nine decide what the open ones would come to
        trace(appointment=appointment, now=now)
    for sequence in (1, 2):
        appointment.sequence = sequence
        appointment.save()
        tell(
            events.AppointmentRescheduled,
            appointment,
            previous_starts_at=now,
            previous_location_id=appointment.location_id,
            previous_professional_id=appointment.professional_id,
        )
    with django_assert_num_queries(13):
        assert len(trace(appointment=appointment, now=now)) == 9
