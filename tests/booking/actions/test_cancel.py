"""Cancelling: by the policy, once, and the time is free again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.booking.facts import event_names, masks_equal_recount
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.errors import ChangeRefused
from clientela.booking.models import Occupancy, Status
from clientela.booking.queries.change_options import change_options
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent

FRIDAY_NINE = at("2026-11-27 09:00")


def test_a_cancelled_time_can_be_booked_again(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    gone = cancel_appointment(appointment=row, by=GUEST, door="manage-link", now=NOW)
    assert (gone.status, gone.cancelled_at, gone.cancelled_because, gone.sequence) == (
        Status.CANCELLED,
        NOW,
        "in-time",
        1,
    )
    assert Occupancy.objects.count() == 0
    assert masks_equal_recount()
    assert event_names() == ["AppointmentBooked", "AppointmentCancelled"]
    assert book(service, FRIDAY_NINE)


def test_cancelling_twice_tells_once(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    for _ in range(2):
        cancel_appointment(appointment=row, by=GUEST, door="manage-link", now=NOW)
    assert event_names() == ["AppointmentBooked", "AppointmentCancelled"]


@pytest.mark.req("S3.26", "S3.27")
@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        (timedelta(hours=24), None),
        (timedelta(hours=24) - timedelta(seconds=1), "too-late"),
        (timedelta(0), "already-past"),
    ],
)
def test_the_cut_off_is_exact_and_enforced_in_the_action(
    service: Service, notice: timedelta, reason: str | None
) -> None:
    row = book(service, FRIDAY_NINE).appointment
    if reason is None:
        assert cancel_appointment(appointment=row, by=GUEST, door="x", now=FRIDAY_NINE - notice)
        return
    with pytest.raises(ChangeRefused) as refused:
        cancel_appointment(appointment=row, by=GUEST, door="x", now=FRIDAY_NINE - notice)
    assert refused.value.reason == reason
    assert Occupancy.objects.count() == 1


@pytest.mark.parametrize("by", [STAFF, Actor.api("desk-program"), Actor.system("import")])
def test_the_business_may_always_cancel(service: Service, by: Actor) -> None:
    row = book(service, FRIDAY_NINE).appointment
    late = FRIDAY_NINE + timedelta(minutes=5)
    gone = cancel_appointment(appointment=row, by=by, door="desk", reason_text="ill", now=late)
    assert gone.cancelled_because == "staff"
    assert AuditEvent.objects.get(action="appointment-cancelled").reason == "ill"


def test_what_a_link_holder_may_do_is_said_with_reason_and_cut_off(service: Service) -> None:
    row = book(service, FRIDAY_NINE).appointment
    options = change_options(appointment=row, now=NOW)
    assert (options.cancel.allowed, options.reschedule.allowed, options.may_confirm) == (
        True,
        True,
        True,
    )
    assert options.cancel.closes_at == FRIDAY_NINE - timedelta(hours=24)
    late = change_options(appointment=row, now=FRIDAY_NINE)
    assert (late.cancel.reason, late.reschedule.reason, late.may_confirm) == (
        "already-past",
        "already-past",
        False,
    )


@pytest.mark.req("PAY-12")
@pytest.mark.parametrize(
    ("notice", "by", "credit"),
    [
        (25, GUEST, "in-time"),
        (24, GUEST, "in-time"),
        (23, GUEST, "late-notice"),
        (2, GUEST, "late-notice"),
        (1, GUEST, None),
        (1, STAFF, "staff-cancelled"),
    ],
)
def test_what_cancelling_costs_is_said_before_and_kept(
    service: Service, client_card: Client, notice: int, by: Actor, credit: str | None
) -> None:
    BookingPolicy.objects.update(cancel_free_minutes=24 * 60, cancel_closes_minutes=2 * 60)
    factories.sell(client_card, service)
    row = book(service, FRIDAY_NINE, client=client_card, by=STAFF).appointment
    when = FRIDAY_NINE - timedelta(hours=notice)
    options = change_options(appointment=row, now=when, by=by)
    assert options.free_until == FRIDAY_NINE - timedelta(hours=24)
    if credit is None:
        assert options.cancel_credit is None
        with pytest.raises(ChangeRefused) as refused:
            cancel_appointment(appointment=row, by=by, door="api", now=when)
        assert refused.value.reason == "too-late"
        return
    assert options.cancel_credit is not None
    assert options.cancel_credit.reason.value == credit
    cancel_appointment(appointment=row, by=by, door="api", now=when)
    details = AuditEvent.objects.get(action="appointment-cancelled").details
    assert details["credit_because"] == credit


def test_a_services_own_free_cut_off_goes_before_the_businesss(service: Service) -> None:
    BookingPolicy.objects.update(cancel_free_minutes=48 * 60)
    Service.objects.filter(pk=service.pk).update(cancel_free_minutes=72 * 60)
    service.refresh_from_db()
    row = book(service, FRIDAY_NINE).appointment
    options = change_options(appointment=row, now=NOW)
    assert options.free_until == FRIDAY_NINE - timedelta(hours=72)
    assert options.cancel_credit is None  # it uses no credit
