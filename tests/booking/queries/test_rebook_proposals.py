"""Coming again: the same service, person and time of the week are proposed first."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.models import Appointment
from clientela.booking.queries.rebook_proposals import rebook_proposals
from clientela.business.actions.update_professional import update_professional
from clientela.business.models import BookingPolicy, Business, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client
from clientela.platform.tenancy import account_scope

TUESDAY_TEN = at("2026-11-24 10:00")
AFTER = at("2026-11-24 12:00")


@pytest.fixture
def visit(shared_service: Service, client_card: Client, professional: Professional) -> Appointment:
    """Ana was with Irene on Tuesday at ten."""
    row = book(
        shared_service, TUESDAY_TEN, client=client_card, professional=professional, by=STAFF
    ).appointment
    return read(row)


def read(row: Appointment) -> Appointment:
    return Appointment.objects.select_related(
        "business", "location", "service", "professional__resource", "client"
    ).get(pk=row.pk)


def starts(visit: Appointment, *, now: datetime = AFTER, count: int = 3) -> list[datetime]:
    return [slot.starts_at for slot in rebook_proposals(appointment=visit, now=now, count=count)]


def test_the_same_time_of_the_week_is_proposed_week_by_week(visit: Appointment) -> None:
    assert starts(visit) == [at(f"2026-12-{day} 10:00") for day in ("01", "08", "15")]


def test_only_with_the_same_person_even_where_a_colleague_is_free_sooner(
    visit: Appointment, shared_service: Service, professional: Professional
) -> None:
    book(shared_service, at("2026-12-01 10:00"), professional=professional, by=STAFF)
    found = rebook_proposals(appointment=visit, now=AFTER)
    assert [slot.starts_at for slot in found] == [
        at(f"2026-12-{day} 10:00") for day in ("08", "15", "22")
    ]
    assert {one for slot in found for one in slot.professional_ids} == {professional.pk}


def test_where_that_time_is_never_free_the_nearest_of_the_week_is(
    visit: Appointment, professional: Professional
) -> None:
    factories.set_hours(professional, (660, 720))  # eleven to twelve
    assert starts(visit, count=1) == [at("2026-12-01 11:00")]


def test_a_person_who_left_is_replaced_by_whoever_gives_it(
    visit: Appointment, professional: Professional, colleague: Professional
) -> None:
    update_professional(professional=professional, is_active=False, by=STAFF, now=NOW)
    found = rebook_proposals(appointment=read(visit), now=AFTER)
    assert found[0].starts_at == at("2026-12-01 10:00")
    assert {one for slot in found for one in slot.professional_ids} == {colleague.pk}


@pytest.mark.req("S1.27")
def test_a_bound_client_is_proposed_their_own_professional_only(
    visit: Appointment, client_card: Client, colleague: Professional
) -> None:
    bind_to_professional(client=client_card, professional=colleague, by=STAFF, now=NOW)
    found = rebook_proposals(appointment=read(visit), now=AFTER)
    assert found
    assert {one for slot in found for one in slot.professional_ids} == {colleague.pk}
    update_professional(professional=colleague, is_active=False, by=STAFF, now=NOW)
    assert starts(read(visit)) == []


@pytest.mark.parametrize("switch", ["is_active", "is_online"])
def test_a_service_that_is_not_offered_any_more_is_not_proposed(
    visit: Appointment, shared_service: Service, switch: str
) -> None:
    update_service(service=shared_service, **{switch: False}, by=STAFF, now=NOW)
    assert starts(read(visit)) == []


def test_a_business_that_takes_no_bookings_online_proposes_nothing(
    visit: Appointment, business: Business
) -> None:
    BookingPolicy.objects.filter(business=business).update(online_booking=False)
    assert starts(visit) == []


def test_it_answers_in_the_scope_of_the_person_who_asks(visit: Appointment) -> None:
    with account_scope(factories.make_account().pk):
        assert len(starts(visit)) == 3
