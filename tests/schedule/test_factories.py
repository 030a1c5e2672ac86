"""The tests' own short way to office hours ends where the shipped action ends."""

from __future__ import annotations

from datetime import date

from tests import factories

from clientela.business.models import Business, Location, Professional
from clientela.platform.models import AuditEvent
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.models import OpenBlock, WeeklyHours


def left_by(professional: Professional) -> list[list[object]]:
    """What stands about somebody's hours, row by row; keys of rows and of the person left out."""
    hours = WeeklyHours.objects.filter(resource=professional.pk).order_by("weekday", "opens_minute")
    blocks = OpenBlock.objects.filter(resource=professional.pk).order_by("block")
    notes = AuditEvent.objects.filter(subject_id=str(professional.pk), action="hours-set")
    week = ("location", "weekday", "opens_minute", "closes_minute", "valid_from", "valid_until")
    return [
        list(hours.values_list("business", *week)),
        [(b.business_id, b.location_id, b.block, bytes(b.cells), b.tzdata) for b in blocks],
        list(notes.values_list("business_id", "subject_type", "actor_label", "details", "at")),
    ]


def test_the_short_way_to_office_hours_writes_what_the_action_writes(
    business: Business, scope: None
) -> None:
    factories.make_professional(business, "First, whose masks are remembered")
    short = factories.make_professional(business, "Short")
    long = factories.make_professional(business, "Long", hours=False)
    factories.set_hours(long)
    assert all(left_by(long))
    assert left_by(short) == left_by(long)


def test_where_a_place_is_closed_nothing_is_remembered(
    business: Business, location: Location
) -> None:
    before = left_by(factories.make_professional(business, "Before"))[1]
    add_closure(
        location=location,
        from_on=date(2026, 11, 24),
        until_on=date(2026, 11, 26),
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    during = factories.make_professional(business, "During")
    action = factories.make_professional(business, "Action", hours=False)
    factories.set_hours(action)
    assert left_by(during) == left_by(action)
    assert left_by(during)[1] != before
