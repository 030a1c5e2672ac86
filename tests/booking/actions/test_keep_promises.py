"""Whole days that the clocks moved: neighbours make way for each other, and what cannot be kept is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.booking.facts import masks_equal_recount, overlaps
from tests.factories import NOW, SYSTEM, at, book
from tests.kit.clocks import WINTER_FOR_EVER, new_clocks

from clientela.booking.actions.keep_promises import keep_promises
from clientela.booking.models import Appointment
from clientela.booking.queries.moved_promises import moved_promises
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.platform.tenancy import system_scope

__all__ = ["new_clocks"]
pytestmark = pytest.mark.req("L9")
HOUR = timedelta(hours=1)
SUMMER_FOR_EVER = "CEST-2"
MORNING = [f"{hour:02}:{minute}" for hour in (9, 10, 11) for minute in ("00", "30")]


@pytest.fixture
def service(business: Business, professional: Professional) -> Service:
    """Half an hour, bookable for a year."""
    return factories.make_service(business, professionals=(professional,), horizon_days=365)


def keep():
    with system_scope("the operator keeps everybody's promises"):
        return keep_promises(moved=moved_promises(now=NOW), tells=False, by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("day", "clocks", "shift"),
    [("2027-03-29", WINTER_FOR_EVER, HOUR), ("2027-03-22", SUMMER_FOR_EVER, -HOUR)],
    ids=["later", "earlier"],
)
def test_a_full_morning_moves_without_anybody_in_the_way(
    service: Service, new_clocks, day, clocks, shift
) -> None:
    before = {
        booked.appointment.pk: booked.appointment.starts_at
        for booked in (book(service, at(f"{day} {time}")) for time in MORNING)
    }
    new_clocks(Europe__Madrid=clocks)

    keeping = keep()

    assert keeping.refused == []
    assert {one.pk for one in keeping.kept} == set(before)
    assert dict(Appointment.objects.values_list("pk", "starts_at")) == {
        key: starts_at + shift for key, starts_at in before.items()
    }
    assert (overlaps(), masks_equal_recount()) == ([], True)
    assert keep().kept == []  # done once, it is done


def test_who_has_come_to_stand_on_another_s_time_is_named_and_left(
    service: Service, professional: Professional, new_clocks
) -> None:
    elsewhere = factories.make_location(service.business, "Londres", "Europe/London")
    factories.set_hours(professional, location=elsewhere)
    here = book(service, at("2027-03-29 10:00")).appointment
    there = book(service, at("2027-03-29 10:00", "Europe/London"), location=elsewhere).appointment
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)  # now both begin at the same moment

    (refused,) = keep().refused

    assert (refused[0].holder.pk, refused[1].reason) == (here.pk, "promise-in-the-way")
    assert refused[1].facts["appointments"] == [there.pk]
    assert Appointment.objects.get(pk=here.pk).starts_at == here.starts_at
