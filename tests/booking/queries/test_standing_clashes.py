"""Coming appointments that stand on somebody's time off."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, SYSTEM, at, book, make_guest, make_room, make_service, make_session

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.queries.standing_clashes import standing_clashes
from clientela.business.models import Business, Professional, Resource
from clientela.platform.tenancy import business_scope
from clientela.schedule.actions.add_time_off import add_time_off

pytestmark = pytest.mark.django_db


def away(resource: Resource, start: str, end: str) -> None:
    add_time_off(resource=resource, starts_at=at(start), ends_at=at(end), by=SYSTEM, now=NOW)


def test_an_appointment_on_time_off_is_found_and_its_neighbours_are_not(
    service, professional: Professional
) -> None:
    hit = book(service, at("2026-11-24 10:00")).appointment
    book(service, at("2026-11-24 10:30"), client=make_guest("Eva", "eva@example.com"))
    book(service, at("2026-11-24 09:30"), client=make_guest("Leo", "leo@example.com"))
    away(professional.resource, "2026-11-24 10:00", "2026-11-24 10:30")
    assert standing_clashes(now=NOW) == [hit]


def test_a_room_that_is_away_counts_too(business: Business, professional: Professional) -> None:
    room = make_room(business)
    massage = make_service(business, professionals=(professional,), needs=(("Room", [room]),))
    hit = book(massage, at("2026-11-24 10:00")).appointment
    away(room, "2026-11-24 09:00", "2026-11-24 12:00")
    assert standing_clashes(now=NOW) == [hit]


def test_a_seat_counts_by_its_session(business: Business, professional: Professional) -> None:
    group = make_service(business, professionals=(professional,), capacity=3)
    make_session(group, at("2026-11-24 10:00"))
    hit = book(group, at("2026-11-24 10:00")).appointment
    away(professional.resource, "2026-11-24 10:00", "2026-11-24 10:05")
    assert standing_clashes(now=NOW) == [hit]


def test_what_is_past_or_cancelled_does_not_clash(service, professional: Professional) -> None:
    one = book(service, at("2026-11-24 10:00")).appointment
    away(professional.resource, "2026-11-24 09:00", "2026-11-24 12:00")
    assert standing_clashes(now=at("2026-11-24 10:00")) == []
    cancel_appointment(appointment=one, by=SYSTEM, door="desk", now=NOW)
    assert standing_clashes(now=NOW) == []


def test_one_professionals_clashes_alone(
    shared_service, professional: Professional, colleague: Professional
) -> None:
    for person, name in ((professional, "Eva"), (colleague, "Leo")):
        book(
            shared_service,
            at("2026-11-24 10:00"),
            professional=person,
            client=make_guest(name, f"{name.lower()}@example.com"),
        )
        away(person.resource, "2026-11-24 09:00", "2026-11-24 12:00")
    assert len(standing_clashes(now=NOW)) == 2
    assert [one.professional for one in standing_clashes(now=NOW, professional=colleague)] == [
        colleague
    ]


def test_the_business_next_door_finds_nothing_and_it_is_one_query(
    service, professional: Professional, next_door: Business
) -> None:
    book(service, at("2026-11-24 10:00"))
    away(professional.resource, "2026-11-24 09:00", "2026-11-24 12:00")
    with CaptureQueriesContext(connection) as caught:
        found = standing_clashes(now=NOW)
        assert [one.client.record_name for one in found] == ["Luz Prueba"]
        assert found[0].professional.name == "Irene"
    assert len(caught) == 1
    with business_scope(next_door.pk):
        assert standing_clashes(now=NOW) == []
