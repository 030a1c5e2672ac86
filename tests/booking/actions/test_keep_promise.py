"""The clocks' rules change: exactly the promises that moved are found, and kept on the wall (TIM-02)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount, overlaps
from tests.factories import NOW, SYSTEM, at, book
from tests.kit.clocks import RELEASE, WINTER_FOR_EVER, new_clocks

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.keep_promise import keep_promise
from clientela.booking.errors import PromiseGone, PromiseInTheWay
from clientela.booking.models import Appointment, Occupancy, Session
from clientela.booking.queries.moved_promises import count_moved_promises, moved_promises
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent
from clientela.platform.payload import decode
from clientela.rules.clock_time import wall_text

__all__ = ["new_clocks"]
pytestmark = pytest.mark.req("L9")
HOUR = timedelta(hours=1)
WINTER, SUMMER = "2027-03-26 10:00", "2027-03-29 10:00"


@pytest.fixture
def service(service: Service) -> Service:
    """Half an hour with ten minutes of airing, bookable for a year."""
    return update_service(
        service=service, horizon_days=365, buffer_after_minutes=10, by=SYSTEM, now=NOW
    )


def keep(holder: Appointment | Session, *, tells: bool = False) -> list[Appointment]:
    return keep_promise(holder=holder, tells=tells, by=SYSTEM, now=NOW)


def found() -> set[object]:
    return {one.holder.pk for one in moved_promises(now=NOW)}


def test_exactly_the_promises_that_moved_are_found(service: Service, new_clocks) -> None:
    winter, summer, ended = (
        book(service, at(text)).appointment for text in (WINTER, SUMMER, "2027-03-29 12:00")
    )
    cancel_appointment(appointment=ended, by=SYSTEM, door="desk", now=NOW)
    elsewhere = factories.make_location(service.business, "Canarias", "Atlantic/Canary")
    factories.set_hours(summer.professional, location=elsewhere)
    there = book(service, at("2027-03-30 10:00", "Atlantic/Canary"), location=elsewhere).appointment
    assert found() == set()  # the control: the data they were made with

    new_clocks(Europe__Madrid=WINTER_FOR_EVER)

    (moved,) = moved_promises(now=NOW)
    assert (moved.holder.pk, moved.shift) == (summer.pk, HOUR)
    assert count_moved_promises(now=NOW) == 1
    assert {winter.pk, there.pk} & found() == set()
    assert moved_promises(now=at("2027-06-01 10:00")) == []  # what is over is kept as it was


def test_the_reading_stays_and_the_instant_follows(service: Service, new_clocks) -> None:
    summer = book(service, at(SUMMER)).appointment
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)

    (kept,) = keep(summer, tells=True)

    stored = Appointment.objects.get()
    assert stored.starts_at == kept.starts_at == summer.starts_at + HOUR
    assert stored.ends_at - stored.starts_at == timedelta(minutes=30)
    assert (wall_text(stored.starts_at, stored.promised_zone), stored.promised_local) == (
        "2027-03-29T10:00",
        "2027-03-29T10:00",
    )
    assert (stored.tzdata, stored.sequence) == (RELEASE, summer.sequence + 1)
    taken = Occupancy.objects.get()
    assert (taken.starts_at, taken.ends_at) == (
        stored.starts_at,
        stored.ends_at + timedelta(minutes=10),
    )
    assert masks_equal_recount()
    event = OutboxEvent.objects.get(name="booking.PromiseKept")
    assert decode(event.payload) == {
        "business_id": stored.business_id,
        "appointment_id": stored.pk,
        "sequence": 1,
        "by": "system",
        "previous_starts_at": summer.starts_at,
        "tells": True,
    }
    assert [line.action for line in history(subject=stored)][-1] == "promise-kept"


def test_keeping_again_changes_nothing(service: Service, new_clocks) -> None:
    summer = book(service, at(SUMMER)).appointment
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    keep(summer)
    assert keep(summer) == []
    assert found() == set()
    assert event_names().count("PromiseKept") == 1
    assert Appointment.objects.get().sequence == 1


def test_its_own_length_is_kept_whatever_the_service_is_today(service: Service, new_clocks) -> None:
    summer = book(service, at(SUMMER)).appointment
    update_service(service=service, duration_minutes=90, by=SYSTEM, now=NOW)
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    (kept,) = keep(summer)
    assert kept.ends_at - kept.starts_at == timedelta(minutes=30)


def test_a_neighbour_that_has_not_moved_yet_is_in_the_way_and_named(
    service: Service, new_clocks
) -> None:
    first, second = (book(service, at(f"2027-03-29 {hour}:00")).appointment for hour in (10, 11))
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)

    with pytest.raises(PromiseInTheWay) as refused:
        keep(first)
    assert refused.value.facts == {"appointments": [second.pk], "sessions": []}
    assert Appointment.objects.get(pk=first.pk).starts_at == first.starts_at
    assert masks_equal_recount()

    keep(second)
    keep(first)
    assert found() == set()
    assert overlaps() == []


def test_a_reading_that_the_new_clocks_jump_over_waits_for_a_person(
    service: Service, professional: Professional, new_clocks
) -> None:
    factories.set_hours(professional, (0, 1440), days=range(7))
    night = book(service, at("2027-03-24 02:30")).appointment
    new_clocks(Europe__Madrid="CET-1CEST,M3.4.3,M10.5.0/3")  # the change comes on that night

    (moved,) = moved_promises(now=NOW)
    assert (moved.holder.pk, moved.belongs_at) == (night.pk, None)
    with pytest.raises(PromiseGone):
        keep(night)
    assert Appointment.objects.get().starts_at == night.starts_at


def test_a_session_takes_its_seats_along(
    business: Business, professional: Professional, new_clocks
) -> None:
    group = factories.make_service(
        business, "Espalda sana", professionals=(professional,), capacity=4, horizon_days=365
    )
    session = factories.make_session(group, at(SUMMER))
    one = book(group, at(SUMMER)).appointment
    other = book(
        group, at(SUMMER), client=factories.make_guest("Mar", "mar@example.com")
    ).appointment
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    assert found() == {session.pk, one.pk, other.pk}

    kept = keep(one)  # a seat is kept with its session

    assert {each.pk for each in kept} == {one.pk, other.pk}
    session.refresh_from_db()
    starts = set(Appointment.objects.values_list("starts_at", flat=True))
    assert starts == {session.starts_at} == {at(SUMMER, "UTC") - HOUR}
    assert session.tzdata == RELEASE
    assert found() == set()
    assert masks_equal_recount()
    assert keep(session) == []


def test_an_empty_session_is_kept_too(
    business: Business, professional: Professional, new_clocks
) -> None:
    group = factories.make_service(
        business, "Espalda sana", professionals=(professional,), capacity=4, horizon_days=365
    )
    session = factories.make_session(group, at(SUMMER))
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    assert keep(session) == []
    assert Session.objects.get().starts_at == session.starts_at + HOUR
    assert found() == set()


def test_a_time_that_is_being_paid_moves_without_a_word(service: Service, new_clocks) -> None:
    held = factories.hold(service, at(SUMMER)).appointment
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    (kept,) = keep(held, tells=True)
    assert kept.starts_at == held.starts_at + HOUR
    assert "PromiseKept" not in event_names()


def test_the_business_next_door_is_not_looked_at(
    service: Service, next_door: Business, location: Location, new_clocks
) -> None:
    book(service, at(SUMMER))
    new_clocks(Europe__Madrid=WINTER_FOR_EVER)
    assert {one.holder.business_id for one in moved_promises(now=NOW)} == {location.business_id}
