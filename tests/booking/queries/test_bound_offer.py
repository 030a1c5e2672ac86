"""What a bound client is offered: their professional's times only, by every way of asking."""

from __future__ import annotations

import json
import random  # noqa: TID251 -- a fixed seed draws the day
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests import factories
from tests.factories import STAFF, at

from clientela.booking.queries.alternatives import nearest_alternatives
from clientela.booking.queries.offered_days import offered_days, question_of_offer
from clientela.booking.queries.open_slots import day_counts, next_free, open_slots
from clientela.booking.queries.own_professional import own_professional, services_for
from clientela.booking.queries.slot_texts import slot_texts
from clientela.booking.queries.starts_between import between_dates, quick_starts_json, starts_json
from clientela.booking.queries.why_not import why_not
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client

pytestmark = pytest.mark.django_db
NOW = at("2026-10-19 08:00")
FROM, UNTIL = date(2026, 10, 20), date(2026, 10, 28)  # the clocks go back in between
MADRID = "Europe/Madrid"


@pytest.fixture
def bound(client_card: Client, professional: Professional) -> Client:
    """Ana, bound to Irene."""
    return bind_to_professional(client=client_card, professional=professional, by=STAFF, now=NOW)


@pytest.fixture(params=range(4))
def busy_week(
    request: pytest.FixtureRequest, business: Business, location: Location, shared_service: Service
) -> Service:
    """A service that Irene and Tomás give, with a dozen appointments drawn at random."""
    dice = random.Random(request.param)  # noqa: S311 -- likewise
    for _ in range(12):
        free = slots(shared_service)
        taken = dice.choice(free)
        person = Professional.objects.get(pk=dice.choice(taken.professional_ids))
        factories.book(shared_service, taken.starts_at, professional=person, now=NOW)
    return shared_service


def slots(
    service: Service, *, client: Client | None = None, professional: Professional | None = None
) -> list[Slot]:
    asked = between_dates(from_on=FROM, until_on=UNTIL, zone=MADRID)
    return open_slots(
        business=service.business,
        service=service,
        professional=professional,
        from_at=asked.start,
        until_at=asked.end,
        now=NOW,
        client=client,
    )


def short(
    service: Service, *, client: Client | None, professional_id: UUID | None = None
) -> list[str] | None:
    found = quick_starts_json(
        service_id=service.pk,
        location_id=None,
        professional_id=professional_id,
        from_on=FROM,
        until_on=UNTIL,
        zone=MADRID,
        now=NOW,
        client=client,
    )
    return None if found is None else json.loads(found[1])


def long(
    service: Service,
    location: Location,
    *,
    client: Client | None,
    professional_id: UUID | None = None,
) -> list[str]:
    found: list[str] = json.loads(
        starts_json(
            business=service.business,
            service=service,
            location=location,
            professional_id=professional_id,
            from_on=FROM,
            until_on=UNTIL,
            zone=MADRID,
            now=NOW,
            client=client,
        )
    )
    return found


@pytest.mark.req("S1.27")
def test_the_short_and_the_long_way_offer_a_bound_client_the_same(
    busy_week: Service,
    location: Location,
    bound: Client,
    professional: Professional,
    colleague: Professional,
) -> None:
    own = long(busy_week, location, client=None, professional_id=professional.pk)
    everyone = long(busy_week, location, client=None)
    assert own
    assert set(own) < set(everyone)
    assert short(busy_week, client=bound) == long(busy_week, location, client=bound) == own
    assert short(busy_week, client=bound, professional_id=professional.pk) == own
    # Somebody else's times are asked by the long way, and there are none.
    assert short(busy_week, client=bound, professional_id=colleague.pk) is None
    assert long(busy_week, location, client=bound, professional_id=colleague.pk) == []


@pytest.mark.req("S1.27")
def test_every_way_of_asking_names_the_bound_professional_only(
    busy_week: Service, location: Location, bound: Client, professional: Professional
) -> None:
    asked = between_dates(from_on=FROM, until_on=UNTIL, zone=MADRID)
    own = slots(busy_week, professional=professional)
    found = slots(busy_week, client=bound)
    assert found == own
    assert {one for slot in found for one in slot.professional_ids} == {professional.pk}
    where = {"business": busy_week.business, "service": busy_week, "now": NOW, "client": bound}
    days = offered_days(
        question_of_offer(
            **where,
            location=location,
            professionals=list(Professional.objects.values_list("pk", flat=True)),
        ),
        from_at=asked.start,
        until_at=asked.end,
    )
    assert days.slots(from_at=asked.start, until_at=asked.end) == own
    counts = day_counts(**where, from_at=asked.start, until_at=asked.end, zone=MADRID)
    assert sum(counts.values()) == len(own)
    texts = slot_texts(**where, from_at=asked.start, until_at=asked.end, zone=MADRID)
    assert len(texts) == len(own)
    assert next_free(**where, from_at=asked.start) == own[0]
    near = nearest_alternatives(**where, starts_at=own[0].starts_at)
    assert {one for slot in near for one in slot.professional_ids} == {professional.pk}


@pytest.mark.req("S1.27", "S1.28")
def test_a_start_has_a_reason_exactly_when_it_is_not_offered_to_them(
    busy_week: Service, bound: Client, professional: Professional, colleague: Professional
) -> None:
    offered = {slot.starts_at for slot in slots(busy_week, client=bound)}
    start = at("2026-10-21 09:00")
    for step in range(0, 9 * 60, 15):
        when = start + timedelta(minutes=step)
        for person in (None, professional, colleague):
            reasons = why_not(
                business=busy_week.business,
                service=busy_week,
                professional=person,
                starts_at=when,
                now=NOW,
                client=bound,
            )
            words = {reason.word for reason in reasons}
            if person == colleague:
                assert "bound-to-professional" in words
                assert "professional-not-offered" not in words
            else:
                assert (not words) == (when in offered)
                assert "bound-to-professional" not in words


@pytest.mark.req("S1.29")
def test_without_the_binding_the_client_is_offered_what_everybody_is(
    busy_week: Service, location: Location, bound: Client
) -> None:
    free = bind_to_professional(client=bound, professional=None, by=STAFF, now=NOW)
    everyone = long(busy_week, location, client=None)
    assert long(busy_week, location, client=free) == short(busy_week, client=free) == everyone
    assert slots(busy_week, client=free) == slots(busy_week)


@pytest.mark.req("S1.27")
def test_a_bound_client_is_shown_only_what_their_professional_gives(
    business: Business, service: Service, bound: Client, colleague: Professional
) -> None:
    other = factories.make_service(business, "Osteopatía", professionals=(colleague,))
    assert services_for(business=business, client=bound) == [service]
    assert set(services_for(business=business, client=None)) == {service, other}
    assert slots(other, client=bound) == []
    assert slots(other)


def test_the_own_professional_is_the_bound_one(bound: Client, professional: Professional) -> None:
    assert own_professional(client=bound) == professional
    assert own_professional(client=None) is None
    free = bind_to_professional(client=bound, professional=None, by=STAFF, now=NOW)
    assert own_professional(client=free) is None
