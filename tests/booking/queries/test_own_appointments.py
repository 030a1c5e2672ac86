"""A person's own appointments: in every business, in the right order, and never anybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.booking.models import Appointment
from clientela.booking.queries.own_appointments import (
    OwnAppointments,
    own_appointment,
    own_appointments,
)
from clientela.business.models import BookingPolicy, Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

TUESDAY = at("2026-11-24 10:00")
FRIDAY = at("2026-11-27 09:00")
LATER = at("2026-12-01 09:00")


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(client_card: Client, ana: Account) -> Client:
    """Ana's card at Fisio Retiro."""
    return own_card(client_card, ana)


def theirs(account: Account, *, now: object = NOW) -> OwnAppointments:
    return own_appointments(account_id=account.pk, now=now)


@pytest.mark.req("S3.21")
def test_ahead_is_soonest_first_and_over_is_newest_first(
    service: Service, card: Client, ana: Account
) -> None:
    later, sooner, off = (
        book(service, start, client=card, by=STAFF).appointment
        for start in (LATER, TUESDAY, FRIDAY)
    )
    cancel_appointment(appointment=off, by=STAFF, door="desk", now=NOW)
    found = theirs(ana)
    assert [one.pk for one in found.upcoming] == [sooner.pk, later.pk]
    assert [one.pk for one in found.past] == [off.pk]
    found = theirs(ana, now=TUESDAY + timedelta(minutes=29))
    assert [one.pk for one in found.upcoming] == [sooner.pk, later.pk]
    found = theirs(ana, now=TUESDAY + timedelta(minutes=30))
    assert [one.pk for one in found.upcoming] == [later.pk]
    assert [one.pk for one in found.past] == [off.pk, sooner.pk]


@pytest.mark.req("S2.20")
def test_what_was_deleted_is_gone_for_its_client_and_stays_for_the_business(
    service: Service, card: Client, ana: Account
) -> None:
    off = book(service, TUESDAY, client=card, by=STAFF).appointment
    cancel_appointment(appointment=off, by=STAFF, door="desk", now=NOW)
    assert [one.pk for one in theirs(ana).past] == [off.pk]
    hide_appointment(appointment=off, by=Actor.client(ana.pk), now=NOW)
    assert theirs(ana) == OwnAppointments([], [], {})
    assert own_appointment(account_id=ana.pk, appointment_id=off.pk) is None
    assert Appointment.objects.get().hidden_at == NOW


def test_nobody_sees_what_is_not_theirs(
    service: Service, card: Client, ana: Account, next_door: Business
) -> None:
    stranger = proved_account("otto@example.org", "Otto")
    row = book(service, TUESDAY, client=card, by=STAFF).appointment
    guests = book(service, FRIDAY, by=GUEST).appointment
    assert theirs(stranger).upcoming == []
    assert own_appointment(account_id=stranger.pk, appointment_id=row.pk) is None
    assert own_appointment(account_id=ana.pk, appointment_id=guests.pk) is None
    assert own_appointment(account_id=ana.pk, appointment_id=row.pk) == row


def test_every_business_is_read_at_once_with_its_own_policy(
    service: Service, card: Client, ana: Account
) -> None:
    book(service, FRIDAY, client=card, by=STAFF)
    with CaptureQueriesContext(connection) as one_business:
        assert len(theirs(ana).upcoming) == 1
    for number in range(3):
        book_elsewhere(f"elsewhere-{number}", ana, may_cancel=number == 0)
    with CaptureQueriesContext(connection) as four_businesses:
        found = theirs(ana)
    assert len(four_businesses) == len(one_business) == 3
    assert len(found.upcoming) == 4
    allowed = {one.business.slug: found.options[one.pk].cancel.allowed for one in found.upcoming}
    assert allowed == {
        "fisio-retiro": True,
        "elsewhere-0": True,
        "elsewhere-1": False,
        "elsewhere-2": False,
    }
    with CaptureQueriesContext(connection) as nothing:
        for one in found.upcoming:  # all that a list prints was read with it
            assert one.business.name
            assert one.professional.name
            assert one.location.name
            assert one.service.name
            assert one.client.record_name
    assert len(nothing) == 0


def book_elsewhere(slug: str, account: Account, *, may_cancel: bool) -> None:
    """Book Friday at another business whose policy may differ."""
    business = factories.make_business(slug)
    with business_scope(business.pk):
        person = factories.make_professional(business, "Nora")
        service = factories.make_service(business, "Corte", professionals=(person,))
        BookingPolicy.objects.filter(business=business).update(client_may_cancel=may_cancel)
        card = own_card(factories.make_client(business), account)
        book(service, FRIDAY, client=card, by=STAFF)
