"""Why not: a reason for every start that is not offered, and none for any that is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.queries.alternatives import nearest_alternatives
from clientela.booking.queries.open_slots import open_slots
from clientela.booking.queries.why_not import why_not
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.actions.add_time_off import add_time_off


def words(service: Service, when: str, **fields: object) -> list[str]:
    reasons = why_not(
        business=service.business, service=service, starts_at=at(when), now=NOW, **fields
    )
    return [reason.word for reason in reasons]


@pytest.mark.req("L13")
def test_a_start_has_a_reason_iff_it_is_not_offered(
    business: Business, professional: Professional, colleague: Professional
) -> None:
    room = factories.make_room(business)
    eco = factories.make_service(
        business,
        "Eco",
        professionals=(professional, colleague),
        needs=(("Sala", [room]),),
        buffer_before_minutes=5,
        buffer_after_minutes=10,
    )
    plain = factories.make_service(business, "Masaje", professionals=(professional, colleague))
    book(eco, at("2026-11-24 10:00"))
    book(plain, at("2026-11-24 15:00"), professional=professional)
    book(plain, at("2026-11-24 15:15"), professional=colleague)
    add_time_off(
        resource=colleague,
        starts_at=at("2026-11-24 09:00"),
        ends_at=at("2026-11-24 09:30"),
        by=STAFF,
        now=NOW,
    )
    first, last = at("2026-11-24 08:00"), at("2026-11-24 19:00")
    for service in (eco, plain):
        offered = {
            slot.starts_at
            for slot in open_slots(
                business=business, service=service, from_at=first, until_at=last, now=NOW
            )
        }
        start = first
        while start < last:
            reasons = why_not(business=business, service=service, starts_at=start, now=NOW)
            assert (not reasons) == (start in offered), (service.name, start, reasons)
            start += timedelta(minutes=5)


@pytest.mark.req("L13")
def test_all_reasons_are_given_and_only_the_staff_see_who_it_is(
    service: Service, professional: Professional
) -> None:
    row = book(service, at("2026-11-24 10:00")).appointment
    (busy,) = why_not(business=service.business, service=service, starts_at=row.starts_at, now=NOW)
    assert (busy.word, busy.facts["until"]) == ("professional-busy", row.ends_at)
    assert "resource" not in busy.facts
    (seen,) = why_not(
        business=service.business,
        service=service,
        starts_at=row.starts_at,
        now=NOW,
        for_staff=True,
    )
    assert (seen.facts["resource"], seen.facts["resource_id"]) == ("Irene", professional.pk)


def test_each_kind_of_absence_has_its_word(
    service: Service, professional: Professional, location: Location
) -> None:
    update_service(service=service, buffer_after_minutes=10, by=STAFF, now=NOW)
    add_time_off(
        resource=professional,
        starts_at=at("2026-11-25 10:00"),
        ends_at=at("2026-11-25 11:00"),
        by=STAFF,
        now=NOW,
    )
    add_closure(
        location=location,
        from_on=at("2026-11-26 12:00").date(),
        until_on=at("2026-11-27 12:00").date(),
        by=STAFF,
        now=NOW,
    )
    book(service, at("2026-11-24 10:00"))
    assert words(service, "2026-11-25 10:30") == ["time-off"]
    assert words(service, "2026-11-26 10:00") == ["closed"]
    assert words(service, "2026-11-24 10:30") == ["buffer"]
    assert words(service, "2026-11-24 20:05") == ["not-on-grid", "outside-hours"]
    assert words(service, "2026-11-24 10:00", for_staff=True) == ["professional-busy"]


def test_alternatives_keep_the_professional_if_they_have_any(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    book(shared_service, at("2026-11-24 10:00"), professional=professional)
    near = nearest_alternatives(
        business=shared_service.business,
        service=shared_service,
        professional=professional,
        starts_at=at("2026-11-24 10:00"),
        now=NOW,
        limit=2,
    )
    assert [slot.starts_at for slot in near] == [
        at("2026-11-24 09:30"),
        at("2026-11-24 10:30"),
    ]
    assert {slot.professional_ids for slot in near} == {(professional.pk,)}
    add_time_off(
        resource=professional,
        starts_at=at("2026-11-16 00:00"),
        ends_at=at("2026-12-16 00:00"),
        by=STAFF,
        now=NOW,
    )
    near = nearest_alternatives(
        business=shared_service.business,
        service=shared_service,
        professional=professional,
        starts_at=at("2026-11-24 10:00"),
        now=NOW,
        limit=1,
    )
    assert [slot.professional_ids for slot in near] == [(colleague.pk,)]


def test_the_outsider_learns_nothing_of_our_calendar(service: Service, next_door: Business) -> None:
    book(service, at("2026-11-24 10:00"))
    with business_scope(next_door.pk):
        reasons = why_not(
            business=service.business,
            service=service,
            starts_at=at("2026-11-24 10:00"),
            now=NOW,
            for_staff=True,
        )
        assert [reason.word for reason in reasons] == ["closed"]
        assert all("resource" not in reason.facts for reason in reasons)
