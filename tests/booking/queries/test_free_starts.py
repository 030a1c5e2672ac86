"""The short way and the long way answer the same, and the short way is short."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.queries.free_starts import free_starts
from clientela.booking.queries.slot_texts import slot_texts
from clientela.business.actions.set_policy import set_policy
from clientela.business.actions.update_business import update_business
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.tenancy import NoScope, business_scope
from clientela.rules.clock_time import to_exact
from clientela.schedule.actions.add_time_off import add_time_off
from clientela.schedule.models import OpenBlock

FROM, UNTIL = date(2027, 3, 15), date(2027, 4, 15)


def short(service: Service, zone: str = "", **fields: Any) -> list[str] | None:
    found = free_starts(
        business_id=service.business_id,
        service_id=service.pk,
        from_on=FROM,
        until_on=UNTIL,
        zone=zone,
        now=fields.pop("now", at("2027-03-20 08:00")),
        **fields,
    )
    return found.starts if found else None


def long(service: Service, zone: str = "Europe/Madrid", **fields: Any) -> list[str]:
    from_at, until_at = (
        to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")
        for on in (FROM, UNTIL)
    )
    return slot_texts(
        business=service.business,
        service=service,
        from_at=from_at,
        until_at=until_at,
        zone=zone,
        now=at("2027-03-20 08:00"),
        **fields,
    )


@pytest.fixture
def kept(shared_service: Service, professional: Professional, colleague: Professional) -> Service:
    """A service with bookings, buffers and an absence around a clock change."""
    update_service(
        service=shared_service,
        horizon_days=20,
        buffer_before_minutes=5,
        buffer_after_minutes=10,
        by=STAFF,
        now=NOW,
    )
    for hour, person in ((9, professional), (10, colleague), (15, professional)):
        day = at(f"2027-03-29 {hour:02}:00")
        book(shared_service, day, professional=person, by=STAFF)
    add_time_off(
        resource=colleague,
        starts_at=at("2027-03-30 09:00"),
        ends_at=at("2027-04-01 12:00"),
        by=STAFF,
        now=NOW,
    )
    return shared_service


@pytest.mark.parametrize("zone", ["Europe/Madrid", "Asia/Tokyo", "America/St_Johns"])
def test_both_ways_answer_the_same(
    kept: Service, colleague: Professional, location: Location, zone: str
) -> None:
    assert short(kept, zone) == long(kept, zone)
    one = {"professional_id": colleague.pk}
    assert short(kept, zone, location_id=location.pk, **one) == long(kept, zone, **one)


@pytest.mark.parametrize("people", [1, 3, 50])
def test_two_statements_whoever_and_however_long(
    business: Business, location: Location, people: int
) -> None:
    team = tuple(factories.make_professional(business, f"P {n}") for n in range(people))
    service = factories.make_service(business, professionals=team, horizon_days=400)
    with CaptureQueriesContext(connection) as seen:
        assert short(service)
    assert len(seen) == 2


def test_rooms_groups_and_masks_not_kept_go_the_longer_way(
    kept: Service, business: Business, professional: Professional
) -> None:
    room = factories.make_room(business)
    eco = factories.make_service(
        business, "Eco", professionals=(professional,), needs=(("Sala", [room]),)
    )
    walk = factories.make_service(
        business, "Marcha", professionals=(professional,), capacity=3, opens_sessions=True
    )
    OpenBlock.objects.filter(resource=professional.pk).delete()
    for service in (eco, walk, kept):
        answer = short(service)
        assert answer
        assert answer == long(service)


def test_switches_close_it_and_unknown_things_are_none(
    business: Business, service: Service, location: Location, next_door: Business
) -> None:
    update_service(service=service, horizon_days=400, by=STAFF, now=NOW)
    assert short(service)
    set_policy(business=business, online_booking=False, by=STAFF, now=NOW)
    assert short(service) == []
    set_policy(business=business, online_booking=True, by=STAFF, now=NOW)
    update_business(business=business, is_open=False, by=STAFF, now=NOW)
    assert short(service) == []
    assert short(service, location_id=service.pk) is None
    update_service(service=service, is_online=False, by=STAFF, now=NOW)
    assert short(service) is None


def test_nothing_before_the_lead_time_and_nothing_after_the_horizon(service: Service) -> None:
    assert short(service, now=at("2027-04-14 20:00")) == []
    assert short(service, now=at("2026-11-23 08:00")) == []
    last = short(service, now=at("2027-04-13 16:00"))
    assert last
    assert last[0] == "2027-04-14T09:00:00+02:00"


def test_the_outsider_gets_nothing_and_nobody_without_a_scope(
    service: Service, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        assert short(service) is None


def test_without_a_scope_it_raises(kept: Service) -> None:
    import contextvars  # noqa: PLC0415 -- an empty context has no scope

    with pytest.raises(NoScope):
        contextvars.Context().run(short, kept)
