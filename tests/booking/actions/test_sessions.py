"""Group sessions: seats, opening by the first client, moving seats, calling off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount
from tests.factories import GUEST, NOW, STAFF, at, book, make_guest, make_session

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.cancel_session import cancel_session
from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.actions.schedule_session import schedule_session
from clientela.booking.actions.win_seat import win_seat
from clientela.booking.errors import NotBookable, SessionUnsuitable, SlotTaken, StaffOnly
from clientela.booking.models import Appointment, Occupancy, Seat, Session, Status
from clientela.booking.queries.open_slots import open_slots
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service

TUESDAY_TEN = at("2026-11-24 10:00")
WINNERS = (win_seat, give_back)


@pytest.fixture
def pilates(business: Business, professional: Professional) -> Service:
    """A class of three seats, on the staff's calendar only."""
    return factories.make_service(
        business, "Pilates", professionals=(professional,), duration_minutes=60, capacity=3
    )


@pytest.fixture
def walk(business: Business, professional: Professional) -> Service:
    """A class of two seats that its first client opens."""
    return factories.make_service(
        business, "Marcha", professionals=(professional,), capacity=2, opens_sessions=True
    )


def fill(service: Service, count: int, starts_at: object = TUESDAY_TEN) -> list[Appointment]:
    return [
        book(service, starts_at, client=make_guest(f"G {n}", f"g{n}@example.com")).appointment
        for n in range(count)
    ]


def test_seats_are_numbered_and_the_professional_is_taken_once(
    pilates: Service, service: Service
) -> None:
    session = make_session(pilates, TUESDAY_TEN)
    rows = fill(pilates, 3)
    assert {row.session for row in rows} == {session}
    assert list(Seat.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert Occupancy.objects.count() == 1
    with pytest.raises(SlotTaken):
        book(service, TUESDAY_TEN + timedelta(minutes=30))
    assert masks_equal_recount()


def test_a_full_session_refuses_with_the_other_ones(pilates: Service) -> None:
    make_session(pilates, TUESDAY_TEN)
    thursday = make_session(pilates, at("2026-11-26 10:00"))
    fill(pilates, 3)
    with pytest.raises(SlotTaken) as refused:
        book(pilates, TUESDAY_TEN, client=make_guest("Late", "late@example.com"))
    assert refused.value.reason == "session-full"
    assert [slot.session_id for slot in refused.value.alternatives] == [thursday.pk]


def test_without_a_session_there_is_nothing_to_book(pilates: Service) -> None:
    with pytest.raises(NotBookable) as refused:
        book(pilates, TUESDAY_TEN)
    assert refused.value.reason == "no-session"


def test_the_first_client_opens_and_the_last_seat_closes_a_session(walk: Service) -> None:
    one, two = fill(walk, 2)
    assert one.session == two.session
    assert one.session is not None
    assert one.session.opened_by_client
    with pytest.raises(SlotTaken):
        book(walk, TUESDAY_TEN, client=make_guest("Late", "late@example.com"))
    for row in (one, two):
        cancel_appointment(appointment=row, by=GUEST, door="x", now=NOW - timedelta(days=1))
    session = Session.objects.get()
    assert session.cancelled_at is not None
    assert Occupancy.objects.count() == 0
    assert masks_equal_recount()
    assert fill(walk, 1)[0].session != session


def test_a_scheduled_session_stays_without_clients(pilates: Service) -> None:
    make_session(pilates, TUESDAY_TEN)
    (row,) = fill(pilates, 1)
    cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
    assert Session.objects.get().cancelled_at is None
    assert Occupancy.objects.count() == 1


def test_a_given_back_seat_is_offered_again(pilates: Service, business: Business) -> None:
    make_session(pilates, TUESDAY_TEN)
    rows = fill(pilates, 3)
    cancel_appointment(appointment=rows[1], by=STAFF, door="desk", now=NOW)
    (slot,) = open_slots(
        business=business,
        service=pilates,
        from_at=NOW,
        until_at=NOW + timedelta(days=7),
        now=NOW,
    )
    assert slot.seats_left == 1
    book(pilates, TUESDAY_TEN, client=make_guest("New", "new@example.com"))
    assert sorted(Seat.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_moving_a_seat_takes_the_new_one_first(pilates: Service) -> None:
    make_session(pilates, TUESDAY_TEN)
    thursday = make_session(pilates, at("2026-11-26 10:00"), seats=1)
    one, two = fill(pilates, 2)
    moved = reschedule_appointment(
        appointment=one, starts_at=thursday.starts_at, by=STAFF, door="desk", now=NOW
    )
    assert (moved.session, moved.sequence) == (thursday, 1)
    with pytest.raises(SlotTaken):
        reschedule_appointment(
            appointment=two, starts_at=thursday.starts_at, by=STAFF, door="desk", now=NOW
        )
    assert Seat.objects.count() == 2


def test_calling_a_session_off_tells_everyone_in_it(pilates: Service) -> None:
    session = make_session(pilates, TUESDAY_TEN)
    fill(pilates, 2)
    for _ in range(2):
        cancel_session(session=session, by=STAFF, door="desk", now=NOW)
    assert set(Appointment.objects.values_list("status", "cancelled_because")) == {
        (Status.CANCELLED, "session-cancelled")
    }
    assert event_names().count("AppointmentCancelled") == 2
    assert event_names().count("SessionCancelled") == 1
    assert (Seat.objects.count(), Occupancy.objects.count()) == (0, 0)
    assert masks_equal_recount()


def test_the_database_refuses_a_seat_too_many_and_a_seat_twice(pilates: Service) -> None:
    session = make_session(pilates, TUESDAY_TEN)
    row, other = fill(pilates, 2)
    for number in (4, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(appointment=row).update(number=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(seats=1)
    assert other.seat.number == 2


def test_only_the_staff_schedule_and_only_group_services(
    business: Business, pilates: Service, service: Service
) -> None:
    with pytest.raises(StaffOnly):
        schedule_session(
            business=business, service=pilates, starts_at=TUESDAY_TEN, by=GUEST, now=NOW
        )
    with pytest.raises(SessionUnsuitable):
        make_session(service, TUESDAY_TEN)
    make_session(pilates, TUESDAY_TEN)
    with pytest.raises(SlotTaken):
        make_session(pilates, TUESDAY_TEN + timedelta(minutes=15))
