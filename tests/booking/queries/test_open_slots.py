"""Offered starts: the same from every query, for people, rooms, groups, windows and zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.queries.open_slots import day_counts, next_free, open_slots
from clientela.booking.queries.slot_texts import slot_texts
from clientela.business.actions.set_policy import set_policy
from clientela.business.actions.update_professional import update_professional
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.rules.clock_time import to_local
from clientela.schedule.actions.add_time_off import add_time_off
from clientela.schedule.models import OpenBlock

TUESDAY = (at("2026-11-24 00:00"), at("2026-11-25 00:00"))
MONTH = (at("2026-11-24 00:00"), at("2026-12-25 00:00"))


def ask(service: Service, days: tuple[datetime, datetime] = TUESDAY, **fields: Any) -> list[Any]:
    return open_slots(
        business=service.business,
        service=service,
        from_at=days[0],
        until_at=days[1],
        now=fields.pop("now", NOW),
        **fields,
    )


def clocks(slots: list[Any], zone: str = "Europe/Madrid") -> list[str]:
    return [to_local(slot.starts_at, zone).strftime("%H:%M") for slot in slots]


def test_a_day_is_offered_on_the_grid_within_hours(
    service: Service, professional: Professional
) -> None:
    slots = ask(service)
    assert clocks(slots) == [
        f"{minute // 60:02}:{minute % 60:02}"
        for opens, closes in ((540, 750), (810, 1080))
        for minute in range(opens, closes - 29, 15)
    ]
    assert slots[0].ends_at - slots[0].starts_at == timedelta(minutes=30)
    assert {slot.professional_ids for slot in slots} == {(professional.pk,)}


def test_what_is_booked_with_its_buffer_is_not_offered(service: Service) -> None:
    update_service(service=service, buffer_after_minutes=10, by=STAFF, now=NOW)
    book(service, at("2026-11-24 10:00"))
    assert clocks(ask(service))[:4] == ["09:00", "09:15", "10:45", "11:00"]


def test_any_is_the_union_and_names_who_is_free(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    book(shared_service, at("2026-11-24 10:00"), professional=professional)
    by_clock = dict(zip(clocks(ask(shared_service)), ask(shared_service), strict=True))
    assert by_clock["09:00"].professional_ids == (professional.pk, colleague.pk)
    assert by_clock["10:00"].professional_ids == (colleague.pk,)
    book(shared_service, at("2026-11-24 10:00"), professional=colleague)
    assert "10:00" not in clocks(ask(shared_service))
    assert "10:00" not in clocks(ask(shared_service, professional=colleague))


def test_rooms_limit_what_people_could_do(
    business: Business, professional: Professional, colleague: Professional
) -> None:
    room = factories.make_room(business)
    eco = factories.make_service(
        business, "Eco", professionals=(professional, colleague), needs=(("Sala", [room]),)
    )
    book(eco, at("2026-11-24 10:00"), professional=professional)
    assert "10:00" not in clocks(ask(eco))
    elsewhere = factories.make_room(business, "Lejos", location=factories.make_location(business))
    update_service(service=eco, needs=(("Sala", [room, elsewhere]),), by=STAFF, now=NOW)
    assert "10:00" not in clocks(ask(eco)), "a room of another location does not help"


def test_a_need_that_nothing_meets_offers_nothing(
    business: Business, professional: Professional
) -> None:
    eco = factories.make_service(
        business, "Eco", professionals=(professional,), needs=(("Sala", []),)
    )
    assert ask(eco) == []


def test_lead_time_and_horizon_bind_clients_and_not_the_desk(service: Service) -> None:
    update_service(service=service, horizon_days=1, lead_minutes=120, by=STAFF, now=NOW)
    today = (at("2026-11-23 00:00"), at("2026-11-24 00:00"))
    assert clocks(ask(service, today))[0] == "10:00"
    assert clocks(ask(service, today, for_staff=True))[0] == "09:00"
    wednesday = (at("2026-11-25 00:00"), at("2026-11-26 00:00"))
    assert ask(service, wednesday) == []
    assert len(ask(service, wednesday, for_staff=True)) == 30


def test_switches_close_the_page_and_not_the_desk(
    business: Business, service: Service, professional: Professional
) -> None:
    update_professional(professional=professional, is_online=False, by=STAFF, now=NOW)
    assert (len(ask(service)), len(ask(service, for_staff=True))) == (0, 30)
    update_professional(professional=professional, is_online=True, by=STAFF, now=NOW)
    set_policy(business=business, online_booking=False, by=STAFF, now=NOW)
    assert (len(ask(service)), len(ask(service, for_staff=True))) == (0, 30)


def test_text_counts_and_slots_agree_over_a_clock_change_in_any_zone(service: Service) -> None:
    update_service(service=service, horizon_days=400, by=STAFF, now=NOW)
    days = (at("2027-03-22 00:00"), at("2027-04-05 00:00"))
    for zone in ("Europe/Madrid", "Asia/Tokyo", "America/New_York"):
        slots = ask(service, days)
        texts = slot_texts(
            business=service.business,
            service=service,
            from_at=days[0],
            until_at=days[1],
            zone=zone,
            now=NOW,
        )
        assert texts == [to_local(slot.starts_at, zone).isoformat() for slot in slots]
        counted: dict[date, int] = {}
        for text in texts:
            on = date.fromisoformat(text[:10])
            counted[on] = counted.get(on, 0) + 1
        assert (
            day_counts(
                business=service.business,
                service=service,
                from_at=days[0],
                until_at=days[1],
                zone=zone,
                now=NOW,
            )
            == counted
        )


def test_kept_masks_and_computed_ones_offer_the_same(
    service: Service, professional: Professional
) -> None:
    add_time_off(
        resource=professional,
        starts_at=at("2026-11-30 11:00"),
        ends_at=at("2026-12-01 14:00"),
        by=STAFF,
        now=NOW,
    )
    kept = ask(service, MONTH)
    OpenBlock.objects.filter(block=OpenBlock.objects.order_by("block")[2].block).delete()
    assert ask(service, MONTH) == kept
    OpenBlock.objects.update(tzdata="1999a", cells=b"")
    assert ask(service, MONTH) == kept


def test_the_next_free_start_is_found_far_ahead_or_not_at_all(
    service: Service, professional: Professional
) -> None:
    add_time_off(
        resource=professional,
        starts_at=at("2026-11-23 00:00"),
        ends_at=at("2027-01-11 10:00"),
        by=STAFF,
        now=NOW,
    )

    def found(**fields: Any) -> object:
        return next_free(business=service.business, service=service, from_at=NOW, now=NOW, **fields)

    slot = found()
    assert slot is not None
    assert slot.starts_at == at("2027-01-11 10:00")
    update_service(service=service, horizon_days=20, by=STAFF, now=NOW)
    assert found() is None


def test_moving_treats_the_own_time_as_free(service: Service) -> None:
    row = book(service, at("2026-11-24 10:00")).appointment
    assert "10:15" not in clocks(ask(service))
    assert "10:15" in clocks(ask(service, ignoring=row))


def test_every_offered_start_can_be_booked(shared_service: Service) -> None:
    slots = ask(shared_service)
    for number, slot in enumerate(slots[::3]):
        guest = factories.make_guest(f"G {number}", f"g{number}@example.com")
        assert book(shared_service, slot.starts_at, client=guest)


@pytest.mark.parametrize("people", [1, 3, 50])
def test_the_number_of_queries_does_not_depend_on_people_or_days(
    business: Business, location: Location, people: int
) -> None:
    team = tuple(factories.make_professional(business, f"P {n}") for n in range(people))
    service = factories.make_service(business, "Masaje", professionals=team)
    for person in team[:3]:
        book(service, at("2026-11-24 10:00"), professional=person)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        texts = slot_texts(
            business=business,
            service=service,
            location=location,
            from_at=MONTH[0],
            until_at=MONTH[1],
            zone="Europe/Madrid",
            now=NOW,
        )
    assert texts
    assert len(seen) == 4


def test_the_outsider_sees_no_slot_of_ours(service: Service, next_door: Business) -> None:
    with business_scope(next_door.pk):
        assert ask(service) == []


def test_an_empty_or_reversed_range_offers_nothing(service: Service) -> None:
    assert ask(service, (TUESDAY[1], TUESDAY[0])) == []
    past = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC))
    assert ask(service, past) == []
