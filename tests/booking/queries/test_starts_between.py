"""The short way to free starts says what the long way says, or says that it does not apply."""

from __future__ import annotations

import json
import random  # noqa: TID251 -- a fixed seed draws the day
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import at

from clientela.booking.queries import one_read
from clientela.booking.queries.one_read import read_plain_offer
from clientela.booking.queries.starts_between import quick_starts_json, starts_json
from clientela.business.models import BookingPolicy, Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.platform.database import read_rows
from clientela.platform.tenancy import business_scope
from clientela.schedule.models import OpenBlock

pytestmark = pytest.mark.django_db
NOW = at("2026-10-19T08:00")
FROM, UNTIL = date(2026, 10, 20), date(2026, 11, 3)  # the clocks go back in between


def short(
    service: Service,
    *,
    zone: str = "",
    professional_id: UUID | None = None,
    location_id: UUID | None = None,
    now: datetime = NOW,
) -> list[str] | None:
    found = quick_starts_json(
        service_id=service.pk,
        location_id=location_id,
        professional_id=professional_id,
        from_on=FROM,
        until_on=UNTIL,
        zone=zone,
        now=now,
    )
    return None if found is None else json.loads(found[1])


def long(
    business: Business,
    location: Location,
    service: Service,
    *,
    zone: str = "Europe/Madrid",
    professional_id: UUID | None = None,
    now: datetime = NOW,
) -> list[str]:
    found: list[str] = json.loads(
        starts_json(
            business=business,
            service=service,
            location=location,
            professional_id=professional_id,
            from_on=FROM,
            until_on=UNTIL,
            zone=zone,
            now=now,
        )
    )
    return found


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_offer_the_same_starts_whatever_is_booked(
    business: Business,
    location: Location,
    shared_service: Service,
    professional: Professional,
    seed: int,
) -> None:
    dice = random.Random(seed)  # noqa: S311 -- likewise
    for _ in range(14):
        free = long(business, location, shared_service)
        factories.book(shared_service, datetime.fromisoformat(dice.choice(free)), now=NOW)
    for zone in ("Europe/Madrid", "America/New_York", "Pacific/Chatham"):
        everyone = long(business, location, shared_service, zone=zone)
        assert everyone
        assert short(shared_service, zone=zone) == everyone
        one = long(business, location, shared_service, zone=zone, professional_id=professional.pk)
        assert short(shared_service, zone=zone, professional_id=professional.pk) == one
    late = NOW + timedelta(days=9, minutes=7)
    assert short(shared_service, now=late) == long(business, location, shared_service, now=late)


def test_one_statement_answers_for_many_as_for_one(
    service: Service, shared_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []

    def counted(statement: str, parameters: list[object]) -> list[tuple[object, ...]]:
        statements.append(statement)
        return read_rows(statement, parameters)

    monkeypatch.setattr(one_read, "read_rows", counted)
    with CaptureQueriesContext(connection) as seen:
        assert short(service)
        assert short(shared_service)
    assert len(statements) == 2
    assert len(seen) == 2


def test_a_group_a_room_and_a_missing_mask_take_the_long_way(
    business: Business, location: Location, service: Service, professional: Professional
) -> None:
    room = factories.make_room(business, "Room 1")
    needy = factories.make_service(
        business, "With room", professionals=(professional,), needs=(("room", [room]),)
    )
    group = factories.make_service(business, "Group", professionals=(professional,), capacity=8)
    assert short(service) is not None
    assert short(needy) is None
    assert short(group) is None
    OpenBlock.objects.filter(resource_id=professional.pk).update(tzdata="1999z")
    assert short(service) is None
    OpenBlock.objects.all().delete()
    assert short(service) is None


def test_what_is_switched_off_is_not_offered(
    business: Business, service: Service, professional: Professional
) -> None:
    assert short(service)
    BookingPolicy.objects.update(online_booking=False)
    assert short(service) is None
    BookingPolicy.objects.update(online_booking=True)
    Professional.objects.update(is_online=False)
    assert short(service) is None


def test_the_business_next_door_reads_nothing_of_ours(
    service: Service, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        offer = read_plain_offer(
            service_id=service.pk,
            location_id=None,
            professional_id=None,
            from_on=FROM,
            until_on=UNTIL,
        )
    assert offer is None
