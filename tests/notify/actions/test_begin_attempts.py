"""Beginning: what leaves was true when its attempt began, at the address where the client is told now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Status
from clientela.notify.actions import begin_attempts as module
from clientela.notify.actions.begin_attempts import LEASE, begin_attempts
from clientela.notify.actions.send_due import send_due
from clientela.notify.drafts import write_drafts
from clientela.notify.models import (
    Attempt,
    Message,
    MessageTemplate,
    Outcome,
    Reason,
    SimulatedMail,
)
from clientela.people.models import Identifier
from clientela.platform.leases import take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_facts")]


@pytest.fixture
def booked(appointment, tell):
    tell(events.AppointmentBooked, appointment, by="staff")
    return appointment


def taken(now) -> list:
    return take(Message.objects.filter(send_at__lte=now), now=now, lasts=LEASE, limit=50)


def test_the_attempt_stands_before_anything_leaves(booked, now):
    (begun,) = begin_attempts(drafts=write_drafts(leases=taken(now), now=now), now=now)
    assert Attempt.objects.get().outcome == Outcome.OPEN
    assert (begun.message.address, SimulatedMail.objects.count()) == ("ana@example.com", 0)


def test_the_row_says_which_version_of_the_business_s_own_words_it_left_with(booked, now):
    MessageTemplate.objects.create(
        business=booked.business,
        rule="confirmation",
        language=Message.objects.get().language,
        channel="email",
        body="Hola {name}",
        version=3,
        changed_at=now,
    )
    send_due(now=now)
    assert Message.objects.get().template_version == 3
    assert b"Hola Ana" in SimulatedMail.objects.get().source


@pytest.mark.req("MSG-06")
@pytest.mark.parametrize("change", [{"status": Status.CANCELLED}, {"sequence": 1}])
def test_what_changes_between_reading_and_beginning_does_not_leave(
    booked, now, monkeypatch, change
):
    still_ours = module._still_ours

    def meanwhile(drafts, now):
        Appointment.objects.update(**change)
        return still_ours(drafts, now)

    monkeypatch.setattr(module, "_still_ours", meanwhile)
    assert begin_attempts(drafts=write_drafts(leases=taken(now), now=now), now=now) == []
    monkeypatch.undo()
    message = Message.objects.get()
    assert (message.reason, message.send_at, message.lease_until) == (Reason.QUEUED, now, None)
    assert Attempt.objects.count() == 0
    send_due(now=now)
    message.refresh_from_db()
    assert message.reason in {Reason.CANCELLED_BEFORE_SEND, Reason.SUPERSEDED}
    assert SimulatedMail.objects.count() == 0


def test_a_row_that_another_worker_took_is_left_alone(booked, now):
    leases = taken(now)
    take(Message.objects.all(), now=now + LEASE, lasts=LEASE, limit=1)
    assert begin_attempts(drafts=write_drafts(leases=leases, now=now), now=now) == []
    assert Attempt.objects.count() == 0


def test_an_address_that_changed_while_the_message_waited_is_where_it_goes(booked, now):
    Identifier.objects.update(value="ana.nueva@example.com", written="ana.nueva@example.com")
    send_due(now=now)
    message = Message.objects.get()
    assert (message.reason, message.address) == (Reason.HANDED_OVER, "ana.nueva@example.com")
    assert SimulatedMail.objects.get().address == "ana.nueva@example.com"


def test_an_address_that_was_removed_while_the_message_waited_gets_nothing(booked, now):
    Identifier.objects.all().delete()
    send_due(now=now)
    assert Message.objects.get().reason == Reason.NO_ADDRESS
    assert SimulatedMail.objects.count() == 0


def test_ten_messages_cost_as_many_statements_as_two(
    make_appointment, tell, now, django_assert_max_num_queries
):
    for count in (2, 10):
        for _ in range(count):
            tell(events.AppointmentBooked, make_appointment(), by="staff")
        leases = taken(now + timedelta(seconds=count))
        with django_assert_max_num_queries(19):
            assert (
                len(begin_attempts(drafts=write_drafts(leases=leases, now=now), now=now)) == count
            )
        Message.objects.all().delete()
