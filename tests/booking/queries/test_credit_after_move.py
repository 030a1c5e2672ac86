"""Moving: the credit follows, and what it will do is said before."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import NOW, STAFF, at, book

from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.credit_after_move import credit_after_move
from clientela.business.models import Location
from clientela.catalogue.models import Service
from clientela.ledger.models import Redemption
from clientela.people.models import Client
from clientela.platform.models import AuditEvent

TUESDAY_TEN = at("2026-11-24 10:00")
TUESDAY_NOON = at("2026-11-24 12:00")
FRIDAY_TEN = at("2026-11-27 10:00")
MONTH_LATER = at("2026-12-22 10:00")
TUESDAY, WEDNESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27)


def comes(service: Service, starts_at: datetime, client: Client) -> Appointment:
    return book(service, starts_at, client=client, by=STAFF).appointment


def moves(row: Appointment, starts_at: datetime, location: Location) -> tuple[str, str]:
    """What was said of the move, and what the appointment has after it."""
    row = Appointment.objects.get(pk=row.pk)
    said = credit_after_move(appointment=row, starts_at=starts_at, location=location)
    moved = reschedule_appointment(
        appointment=row, starts_at=starts_at, by=STAFF, door="desk", now=NOW
    )
    assert moved.redemption == Appointment.objects.get(pk=row.pk).redemption
    return said.value, moved.redemption


def standing(row: Appointment) -> Redemption:
    return Redemption.objects.get(cause=cause_of(row.pk), released_at__isnull=True)


def test_within_the_validity_the_same_credit_goes_along(
    credit_service: Service, client_card: Client, location: Location
) -> None:
    factories.sell(client_card, credit_service, valid_until=FRIDAY)
    row = comes(credit_service, TUESDAY_TEN, client_card)
    before = standing(row)
    assert moves(row, TUESDAY_NOON, location) == ("keeps", "redeemed")
    assert moves(row, FRIDAY_TEN, location) == ("keeps", "redeemed")
    after = standing(row)
    assert (after.pk, before.on, after.on) == (before.pk, TUESDAY, FRIDAY)


def test_out_of_the_validity_it_is_pending_and_the_credit_goes_back(
    credit_service: Service, client_card: Client, location: Location
) -> None:
    sale = factories.sell(client_card, credit_service, valid_until=FRIDAY)
    row = comes(credit_service, TUESDAY_TEN, client_card)
    assert moves(row, MONTH_LATER, location) == ("pending", "pending")
    assert not Redemption.objects.filter(grant__sale=sale, released_at__isnull=True).exists()
    trail = AuditEvent.objects.get(action="appointment-rescheduled")
    assert trail.details["credit"] == "pending"
    # And back into it.
    assert moves(row, FRIDAY_TEN, location) == ("other", "redeemed")


def test_another_valid_credit_serves_and_the_one_that_is_free_redeems_what_waits(
    credit_service: Service, client_card: Client, location: Location
) -> None:
    first = factories.sell(client_card, credit_service, valid_until=FRIDAY)
    row = comes(credit_service, TUESDAY_TEN, client_card)
    waits = comes(credit_service, FRIDAY_TEN, client_card)
    second = factories.sell(client_card, credit_service, applies_on=date(2026, 12, 1))
    assert moves(row, MONTH_LATER, location) == ("other", "redeemed")
    assert standing(row).grant.sale_id == second.pk
    assert standing(waits).grant.sale_id == first.pk


def test_a_service_that_needs_no_credit_moves_on_without_one(
    service: Service, client_card: Client, location: Location
) -> None:
    factories.sell(client_card, service, valid_until=FRIDAY)
    row = comes(service, TUESDAY_TEN, client_card)
    assert moves(row, MONTH_LATER, location) == ("none", "none")
    assert moves(row, FRIDAY_TEN, location) == ("none", "none")  # not taken up again


def test_what_was_waived_stays_waived(
    credit_service: Service, client_card: Client, location: Location
) -> None:
    row = comes(credit_service, TUESDAY_TEN, client_card)
    waive_redemption(appointment=row, by=STAFF, now=NOW)
    factories.sell(client_card, credit_service)
    assert moves(row, FRIDAY_TEN, location) == ("none", "none")


def test_what_is_pending_is_redeemed_on_a_day_that_is_covered(
    credit_service: Service, client_card: Client, location: Location
) -> None:
    row = comes(credit_service, TUESDAY_TEN, client_card)
    factories.sell(client_card, credit_service, applies_on=FRIDAY)
    assert moves(row, at("2026-11-26 10:00"), location) == ("pending", "pending")
    assert moves(row, FRIDAY_TEN, location) == ("other", "redeemed")


@pytest.mark.parametrize(
    ("sold", "starts_at", "queries"),
    [
        (False, FRIDAY_TEN, 1),
        (True, TUESDAY_NOON, 0),
        (True, FRIDAY_TEN, 2),
        (True, MONTH_LATER, 3),
    ],
)
def test_it_asks_no_more_than_it_must(
    credit_service: Service,
    client_card: Client,
    location: Location,
    *,
    sold: bool,
    starts_at: datetime,
    queries: int,
) -> None:
    if sold:
        factories.sell(client_card, credit_service, valid_until=FRIDAY)
    row = comes(credit_service, TUESDAY_TEN, client_card)
    row = Appointment.objects.select_related("service").get(pk=row.pk)
    with CaptureQueriesContext(connection) as seen:
        credit_after_move(appointment=row, starts_at=starts_at, location=location)
    assert len(seen) == queries
