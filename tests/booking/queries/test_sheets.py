"""Lists: the day, a client's history, clashes, and the one appointment of a link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import NOW, STAFF, at, book, make_guest

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Status
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.booking.queries.clashes import clashes
from clientela.booking.queries.client_history import client_history
from clientela.booking.queries.day_sheet import DaySheet, day_sheet
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope

DAY = (at("2026-11-24 00:00"), at("2026-11-25 00:00"))


def sheet(business: Business, **fields: object) -> DaySheet:
    return day_sheet(business=business, from_at=DAY[0], until_at=DAY[1], **fields)


def read_all(found: DaySheet) -> int:
    """Touch everything a page shows, so that a late query would be counted."""
    shown = 0
    for row in [*found.appointments, *(one for s in found.sessions for one in s.appointments)]:
        row.client.record_name, row.service.name, row.professional.name, row.location.name  # noqa: B018 -- reading is the point
        shown += 1 + sum(bool(taken.resource.name) for taken in row.occupancies.all())
    return shown + sum(bool(one.session.professional.name) for one in found.sessions)


def test_a_day_lists_what_holds_its_time(
    business: Business, service: Service, professional: Professional, colleague: Professional
) -> None:
    early = book(service, at("2026-11-24 09:00")).appointment
    late = book(service, at("2026-11-24 11:00")).appointment
    gone = book(service, at("2026-11-24 12:00")).appointment
    book(service, at("2026-11-25 09:00"))
    cancel_appointment(appointment=gone, by=STAFF, door="desk", now=NOW)
    assert sheet(business).appointments == [early, late]
    assert sheet(business, statuses=[Status.CANCELLED]).appointments == [gone]
    assert sheet(business, professional=colleague).appointments == []


def test_sessions_come_with_their_seats(business: Business, professional: Professional) -> None:
    pilates = factories.make_service(business, "Pilates", professionals=(professional,), capacity=3)
    session = factories.make_session(pilates, at("2026-11-24 10:00"))
    row = book(pilates, session.starts_at).appointment
    (one,) = sheet(business).sessions
    assert (one.session, one.seats_taken, one.seats_left, one.appointments) == (
        session,
        1,
        2,
        [row],
    )
    assert sheet(business).appointments == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_full_day_takes_no_more_queries_than_an_empty_hour(
    business: Business, service: Service, rows: int
) -> None:
    for n in range(rows):
        book(service, at(f"2026-11-24 {9 + n:02}:00"), client=make_guest(f"G{n}", f"g{n}@a.es"))
    with CaptureQueriesContext(connection) as seen:
        assert read_all(sheet(business)) == rows * 2
    assert len(seen) == 3


def test_a_clients_history_is_latest_first_in_one_query(
    service: Service, client_card: Client
) -> None:
    first = book(service, at("2026-11-24 09:00"), client=client_card).appointment
    second = book(service, at("2026-11-24 10:00"), client=client_card).appointment
    book(service, at("2026-11-24 11:00"))
    with CaptureQueriesContext(connection) as seen:
        rows = client_history(client_card)
        assert [row.professional.name for row in rows] == ["Irene", "Irene"]
    assert rows == [second, first]
    assert len(seen) == 1


def test_an_absence_finds_the_appointments_it_hits(
    service: Service, professional: Professional, business: Business
) -> None:
    hit = book(service, at("2026-11-24 10:00")).appointment
    book(service, at("2026-11-24 11:00"))
    pilates = factories.make_service(business, "Pilates", professionals=(professional,), capacity=3)
    factories.make_session(pilates, at("2026-11-24 09:00"))
    seat = book(pilates, at("2026-11-24 09:00")).appointment
    found = clashes(
        resource_ids=[professional.pk],
        from_at=at("2026-11-24 09:15"),
        until_at=at("2026-11-24 10:15"),
    )
    assert found == [seat, hit]


def test_a_link_opens_its_own_appointment_only(service: Service) -> None:
    one, other = book(service, at("2026-11-24 09:00")), book(service, at("2026-11-24 10:00"))
    assert appointment_by_link(one.link_token) == one.appointment
    assert appointment_by_link(other.link_token) == other.appointment
    for wrong in (
        "",
        "x" * 27,
        one.link_token[:-1],
        one.link_token.swapcase(),
        "../" * 9,
        "é" * 27,
    ):
        assert appointment_by_link(wrong) is None


def test_the_outsider_sees_none_of_it(
    business: Business,
    service: Service,
    professional: Professional,
    client_card: Client,
    next_door: Business,
) -> None:
    booked = book(service, at("2026-11-24 09:00"), client=client_card)
    with business_scope(next_door.pk):
        assert sheet(business) == DaySheet([], [])
        assert client_history(client_card) == []
        assert appointment_by_link(booked.link_token) is None
        assert (
            clashes(resource_ids=[professional.pk], from_at=NOW, until_at=NOW + timedelta(days=9))
            == []
        )
