"""Which coming appointments changed hours or a closure would leave standing in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import NOW, at, book

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment
from clientela.booking.queries.location_clashes import location_clashes
from clientela.booking.queries.newly_outside import newly_outside
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.rules.weekly_hours import Closure, DatedRow, HoursRow, WeeklyHours
from clientela.schedule.queries.timetables import timetables

TUESDAY = 1


@pytest.fixture
def ten(service: Service) -> Appointment:
    return book(service, at("2026-11-24 10:00")).appointment


@pytest.fixture
def eleven(service: Service) -> Appointment:
    guest = factories.make_guest("Sol", "sol@example.com")
    return book(service, at("2026-11-24 11:00"), client=guest).appointment


def outside(person: Professional, location: Location, after: WeeklyHours) -> list[Appointment]:
    before = timetables(resource_ids=[person.pk], location_id=location.pk)[person.pk]
    return newly_outside(
        resource_id=person.pk, location=location, before=before, after=after, now=NOW
    )


def week(*ranges: tuple[int, int]) -> WeeklyHours:
    return WeeklyHours(tuple(HoursRow(TUESDAY, *one) for one in ranges))


def test_only_what_lies_outside_the_new_hours_is_named(
    professional: Professional, location: Location, ten: Appointment, eleven: Appointment
) -> None:
    assert outside(professional, location, week((540, 720))) == []
    assert outside(professional, location, week((615, 720))) == [ten]
    assert outside(professional, location, week((540, 655))) == [eleven]
    assert outside(professional, location, week()) == [ten, eleven]


def test_an_appointment_across_a_new_break_is_outside(
    professional: Professional, location: Location, ten: Appointment
) -> None:
    assert outside(professional, location, week((540, 615), (620, 720))) == [ten]
    assert outside(professional, location, week((540, 615), (615, 720))) == []


def test_dates_and_closures_count(
    professional: Professional, location: Location, ten: Appointment
) -> None:
    on = at("2026-11-24 10:00").date()
    rows = week((540, 720)).rows
    assert outside(professional, location, WeeklyHours(rows, (DatedRow(on),))) == [ten]
    shut = Closure(on, on + timedelta(days=1))
    assert outside(professional, location, WeeklyHours(rows, (), (shut,))) == [ten]


def test_what_stood_outside_before_is_not_named_again(
    professional: Professional, location: Location, ten: Appointment
) -> None:
    factories.set_hours(professional, (900, 1080))
    assert outside(professional, location, week((960, 1080))) == []


def test_what_is_cancelled_or_past_is_not_named(
    professional: Professional, location: Location, ten: Appointment, eleven: Appointment
) -> None:
    cancel_appointment(appointment=ten, by=factories.STAFF, door="desk", now=NOW)
    assert outside(professional, location, week()) == [eleven]
    before = timetables(resource_ids=[professional.pk], location_id=location.pk)[professional.pk]
    later = newly_outside(
        resource_id=professional.pk,
        location=location,
        before=before,
        after=week(),
        now=at("2026-11-24 11:05"),
    )
    assert later == []


def test_a_closure_hits_what_touches_its_days_at_that_place_only(
    business: Business,
    location: Location,
    ten: Appointment,
    eleven: Appointment,
    next_door: Business,
) -> None:
    def hit(place: Location, start: str, end: str) -> list[Appointment]:
        return location_clashes(location=place, from_at=at(start), until_at=at(end))

    assert hit(location, "2026-11-24 00:00", "2026-11-25 00:00") == [ten, eleven]
    assert hit(location, "2026-11-24 10:30", "2026-11-24 11:00") == []
    assert hit(location, "2026-11-24 10:29", "2026-11-24 11:01") == [ten, eleven]
    assert hit(factories.make_location(business), "2026-11-24 00:00", "2026-11-25 00:00") == []
    with business_scope(next_door.pk):
        assert hit(location, "2026-11-24 00:00", "2026-11-25 00:00") == []
