"""What a move, an answer or a cancellation will cause, and what another plan would, said before it is saved."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from clientela.booking import events
from clientela.booking.models import Appointment, Status
from clientela.notify.models import Message, MessageRule, Reason, Recipient, Rule
from clientela.notify.occasions import Fact
from clientela.notify.queries.forecast import Change, for_client, forecast_of
from clientela.notify.queries.plan import STANDARD, PlanLine, channels_of, plan_of
from clientela.people.models import Identifier

pytestmark = [pytest.mark.django_db, pytest.mark.req("L8")]
DAY = timedelta(days=1)


@pytest.fixture
def loaded(appointment, now) -> Appointment:
    """The appointment of a client with a proved address, as pages read it."""
    Identifier.objects.update(verified_at=now)
    rows = Appointment.objects.select_related("business", "client", "professional__account")
    return rows.get(pk=appointment.pk)


def told(lines) -> Counter:
    return Counter((one.rule, one.timing, one.recipient, one.channel, one.due_at) for one in lines)


def written(**which) -> Counter:
    rows = Message.objects.filter(**which)
    return Counter(rows.values_list("rule", "timing", "recipient", "channel", "due_at"))


@pytest.mark.parametrize("by", ["client", "staff"])
def test_a_move_is_forecast_with_the_reminders_at_their_new_time(loaded, location, tell, now, by):
    change = Change(
        starts_at=loaded.starts_at + DAY,
        ends_at=loaded.ends_at + DAY,
        location=location,
        professional=loaded.professional,
    )
    lines = forecast_of(appointment=loaded, change=change, by=by, now=now)
    before = loaded.starts_at
    assert Appointment.objects.get().starts_at == before  # nothing was written
    Appointment.objects.update(starts_at=change.starts_at, ends_at=change.ends_at, sequence=1)
    loaded.refresh_from_db()
    tell(
        events.AppointmentRescheduled, loaded, by=by, previous_starts_at=before,
        previous_location_id=loaded.location_id, previous_professional_id=loaded.professional_id,
    )  # fmt: skip
    assert told(lines) == written()
    assert {one.due_at for one in lines if one.rule is Rule.REMINDER} == {before}


@pytest.mark.parametrize(
    ("fact", "status", "kind", "fields"),
    [
        (Fact.CANCELLED, Status.CANCELLED, events.AppointmentCancelled, {"because": "in-time"}),
        (Fact.CONFIRMED, Status.CONFIRMED, events.RequestConfirmed, {}),
        (Fact.DECLINED, Status.DECLINED, events.RequestDeclined, {}),
    ],
)
def test_an_answer_and_an_end_are_forecast_as_they_are_then_told(
    loaded, tell, now, fact, status, kind, fields
):
    lines = forecast_of(appointment=loaded, fact=fact, by="client", now=now)
    Appointment.objects.update(status=status, sequence=1)
    loaded.refresh_from_db()
    tell(kind, loaded, by="client", **fields)
    assert told(lines) == written()
    assert all(one.recipient is Recipient.CLIENT for one in for_client(lines))


def test_another_plan_is_tried_without_being_stored(loaded, now):
    tried = [
        PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:60"),
        PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:20160"),
        PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:120", is_on=False),
    ]
    lines = forecast_of(appointment=loaded, plan=tried, now=now)
    assert {one.timing: one.reason for one in lines} == {
        "before:60": Reason.QUEUED,
        "before:20160": Reason.TOO_CLOSE,
        "before:120": Reason.RULE_DISABLED,
    }
    assert not MessageRule.objects.exists()
    assert not Message.objects.exists()


def test_the_plan_is_the_standard_one_until_rows_are_written(business, service, now):
    assert plan_of(business_id=business.pk) == STANDARD
    line = MessageRule.objects.create(
        business=business, rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:60",
        by_email=False, by_push=True, created_at=now,
    )  # fmt: skip
    (only,) = plan_of(business_id=business.pk, service_id=service.pk)
    assert (only.timing, only.channels) == (line.timing, ("push",))
    assert channels_of(business_ids=[business.pk]) == {business.pk: frozenset({"email", "push"})}
