"""What planning and deciding ask of the database does not grow with the messages."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clientela.booking import events
from clientela.notify.models import Message, MessageRule, Recipient, Rule
from clientela.notify.queries.due_messages import due_messages
from clientela.people.models import Identifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_plan(business, now) -> None:
    """Fifteen reminders by every channel: as many rows as one statement holds on both databases."""
    MessageRule.objects.bulk_create(
        MessageRule(
            business=business,
            rule=Rule.REMINDER,
            recipient=Recipient.CLIENT,
            timing=f"before:{60 * hours}",
            by_sms=True,
            by_push=True,
            created_at=now,
        )
        for hours in range(1, 16)
    )


def asked(seen: CaptureQueriesContext) -> int:
    skipped = ("SAVEPOINT", "RELEASE", "BEGIN")
    return sum(not one["sql"].startswith(skipped) for one in seen)


def test_planning_a_fact_costs_the_same_for_one_row_as_for_thirty(
    appointment, business, make_appointment, tell, long_plan
):
    with CaptureQueriesContext(connection) as many:
        tell(events.AppointmentBooked, appointment)
    assert Message.objects.count() == 30
    MessageRule.objects.exclude(timing="before:60").delete()
    MessageRule.objects.update(by_push=False)
    other = make_appointment()
    with CaptureQueriesContext(connection) as one:
        tell(events.AppointmentBooked, other)
    assert Message.objects.filter(appointment=other).count() == 1
    # The appointment, eight that say how things stand, what waits already, and the rows in one statement.
    assert (asked(many), asked(one)) == (10, 10)


def test_deciding_a_batch_costs_no_more_for_every_row(
    appointment, tell, now, long_plan, django_assert_num_queries
):
    """What many share is asked for by itself, so that a crowd does not read its business again with each row."""
    tell(events.AppointmentBooked, appointment)
    ids = list(Message.objects.values_list("pk", flat=True))
    for some, queries in ((ids, 13), (ids[:11], 13), (ids[:10], 9), (ids[:1], 9)):
        with django_assert_num_queries(queries):
            found = due_messages(ids=some, now=now)
        assert [one.message.pk for one in found] == some
        assert {one.message.appointment.business_id for one in found} == {appointment.business_id}


def test_a_batch_of_several_businesses_and_people_keeps_everybodys_own(
    appointment, make_appointment, client_card, business, tell, now
):
    """Nothing that was read for one is used for another."""
    Identifier.objects.update(verified_at=now)
    tell(events.AppointmentBooked, appointment)
    tell(events.AppointmentBooked, make_appointment(starts_at=now + timedelta(minutes=30)))
    rows = list(Message.objects.order_by("id"))
    found = due_messages(ids=[one.pk for one in rows], now=now)
    assert [one.message.appointment_id for one in found] == [one.appointment_id for one in rows]
    assert Counter(one.reach.channel for one in found) == Counter(one.channel for one in rows)
