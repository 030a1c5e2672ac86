"""One look at the masks answers what the two separate questions answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import NOW, at, book

from clientela.booking.queries.offered_days import OfferedDays, offered_days
from clientela.booking.queries.open_slots import ask, day_counts, open_slots
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.rules.clock_time import local_date

UNTIL = NOW + timedelta(days=130)
ZONES = ["Europe/Madrid", "Pacific/Chatham", "America/St_Johns"]


def look(
    service: Service, professional: Professional | None = None, now: datetime = NOW
) -> OfferedDays:
    question = ask(
        business=service.business,
        service=service,
        location=None,
        professional_id=professional.pk if professional else None,
        now=now,
    )
    assert question is not None
    return offered_days(question, from_at=now, until_at=now + timedelta(days=130))


def fill(service: Service, professional: Professional, colleague: Professional) -> None:
    """Different hours, a clock change inside the horizon, and some appointments."""
    Service.objects.filter(pk=service.pk).update(horizon_days=125)
    service.refresh_from_db()
    factories.set_hours(professional, (540, 840), days=range(5))
    factories.set_hours(colleague, (780, 1200), days=range(1, 7))
    for text in ("2026-11-24 09:30", "2026-11-24 13:00", "2026-11-24 13:00", "2026-12-01 19:00"):
        book(service, at(text))


@pytest.mark.parametrize("named", [True, False])
def test_starts_and_counts_equal_those_asked_for_singly(
    shared_service: Service, professional: Professional, colleague: Professional, named: bool
) -> None:
    fill(shared_service, professional, colleague)
    who = professional if named else None
    days = look(shared_service, who)
    wanted = {
        "business": shared_service.business,
        "service": shared_service,
        "professional": who,
        "from_at": NOW,
        "until_at": UNTIL,
        "now": NOW,
    }
    singly = open_slots(**wanted)
    assert days.slots(from_at=NOW, until_at=UNTIL) == singly
    assert days.first() == singly[0]
    assert len(singly) > 1000
    for zone in ZONES:
        counts = days.counts(zone=zone)
        assert counts == day_counts(**wanted, zone=zone)
        assert counts == Counter(local_date(slot.starts_at, zone) for slot in singly)


def test_a_part_of_the_calendar_is_cut_to_the_minute(
    shared_service: Service, professional: Professional, colleague: Professional
) -> None:
    fill(shared_service, professional, colleague)
    days = look(shared_service)
    start, end = at("2026-11-25 09:00"), at("2026-11-25 09:30")
    found = [slot.starts_at for slot in days.slots(from_at=start, until_at=end)]
    assert found == [start, at("2026-11-25 09:15")]


def test_sessions_and_fresh_starts_stand_side_by_side(
    business: Business, professional: Professional
) -> None:
    yoga = factories.make_service(
        business, "Yoga", professionals=(professional,), capacity=3, opens_sessions=True
    )
    factories.make_session(yoga, at("2026-11-24 10:00"), professional=professional)
    book(yoga, at("2026-11-24 10:00"))
    days = look(yoga)
    span = (at("2026-11-24 00:00"), at("2026-11-25 00:00"))
    found = days.slots(from_at=span[0], until_at=span[1])
    assert found == open_slots(
        business=business, service=yoga, from_at=span[0], until_at=span[1], now=NOW
    )
    assert {slot.starts_at: slot.seats_left for slot in found}[at("2026-11-24 10:00")] == 2
    assert days.counts(zone="Europe/Madrid")[date(2026, 11, 24)] == len(found)


def test_opening_hours_are_told_also_where_nothing_is_free(
    service: Service, professional: Professional
) -> None:
    factories.set_hours(professional, (600, 630), days=range(2))
    book(service, at("2026-11-24 10:00"))
    days = look(service)
    tuesday = days.open_between(on=date(2026, 11, 24), zone="Europe/Madrid")
    assert tuesday is not None
    assert (tuesday.start, tuesday.end) == (at("2026-11-24 10:00"), at("2026-11-24 10:30"))
    assert date(2026, 11, 24) not in days.counts(zone="Europe/Madrid")
    assert days.open_between(on=date(2026, 11, 25), zone="Europe/Madrid") is None


def test_nothing_offered_is_an_empty_calendar(service: Service, professional: Professional) -> None:
    factories.set_hours(professional, (600, 605), days=range(1))
    days = look(service)
    assert days.first() is None
    assert days.counts(zone="Europe/Madrid") == {}
    assert days.slots(from_at=NOW, until_at=UNTIL) == []


def test_the_outsiders_people_are_never_asked(service: Service, next_door: Business) -> None:
    days = look(service)
    people = {
        one for slot in days.slots(from_at=NOW, until_at=UNTIL) for one in slot.professional_ids
    }
    assert people == {service.offers.get().professional_id}


def test_two_queries_whatever_the_team(
    business: Business, scope: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 3):
        team = tuple(factories.make_professional(business, f"P{size}{n}") for n in range(size))
        team_service = factories.make_service(business, f"S{size}", professionals=team)
        question = ask(
            business=business, service=team_service, location=None, professional_id=None, now=NOW
        )
        assert question is not None
        with django_assert_num_queries(2):
            offered_days(question, from_at=NOW, until_at=NOW + timedelta(days=20))


def test_exact_time_is_utc(service: Service) -> None:
    first = look(service).first()
    assert first is not None
    assert first.starts_at.tzinfo is UTC
