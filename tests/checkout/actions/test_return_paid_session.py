"""Cancelled in time: the session comes back, or its money, as the business says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.checkout.shop import (
    THE_TENTH,
    cash,
    legal,
    needs_credits,
    online,
    provider_account,
    sold,
    state,
    visit,
)
from tests.factories import STAFF

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.events import AppointmentCancelled
from clientela.booking.models import Appointment
from clientela.business.models import Business, CancelGives
from clientela.catalogue.models import Service
from clientela.checkout.actions.return_paid_session import return_paid_session
from clientela.checkout.handlers import return_what_was_paid
from clientela.checkout.models import RefundOrder
from clientela.checkout.taken import Taken
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState

NOW: datetime = THE_TENTH
MONEY, CREDIT = CancelGives.MONEY, CancelGives.CREDIT


@pytest.fixture
def physio(service: Service, business: Business) -> Service:
    """One session costs 65 €; the business gives money back."""
    provider_account(business)
    legal(business, cancel_gives=MONEY)
    service.price_minor = 6500
    return needs_credits(service)


def booked_and_paid(client: Client, service: Service, taken: Taken) -> tuple[Appointment, Sale]:
    """An appointment on the 14th, paid by one session."""
    appointment = visit(client, service, "2026-07-14 10:00", now=NOW)
    return appointment, sold(client, service, appointment=appointment, payment=taken)


def cancel(appointment: Appointment, *, forfeits: bool | None = None) -> None:
    """Cancel by staff, and let the worker hear of it."""
    gone = cancel_appointment(
        appointment=appointment, by=STAFF, door="desk", forfeits=forfeits, now=NOW
    )
    for _ in range(2):  # hearing twice is hearing once
        return_what_was_paid(
            AppointmentCancelled(
                business_id=gone.business_id,
                appointment_id=gone.pk,
                sequence=gone.sequence,
                by="staff",
                because="",
            ),
            now=NOW,
        )


def test_the_money_of_a_session_paid_online_goes_back(client_card: Client, physio: Service) -> None:
    appointment, sale = booked_and_paid(client_card, physio, online(6500))
    cancel(appointment)
    sale.refresh_from_db()
    assert (sale.state, sale.voided_because) == (SaleState.REFUNDED, "cancelled-in-time")
    assert RefundOrder.objects.get().amount_minor == 6500
    assert state(appointment) == RedemptionState.RETURNED


def test_a_deposit_goes_back_as_well(client_card: Client, physio: Service) -> None:
    appointment, _ = booked_and_paid(client_card, physio, online(2000))
    cancel(appointment)
    assert RefundOrder.objects.get().amount_minor == 2000


def test_where_the_business_gives_the_session_nothing_goes_back(
    client_card: Client, physio: Service, business: Business
) -> None:
    legal(business, cancel_gives=CREDIT)
    appointment, sale = booked_and_paid(client_card, physio, online(6500))
    cancel(appointment)
    sale.refresh_from_db()
    assert (sale.state, RefundOrder.objects.count()) == (SaleState.PAID, 0)


def test_a_session_cancelled_late_or_paid_at_the_desk_keeps_its_money(
    client_card: Client, physio: Service
) -> None:
    late, _ = booked_and_paid(client_card, physio, online(6500))
    cancel(late, forfeits=True)
    assert state(late) == RedemptionState.FORFEITED
    at_desk = visit(client_card, physio, "2026-07-15 10:00", now=NOW)
    sold(client_card, physio, appointment=at_desk, payment=cash(6500))
    cancel(at_desk)
    assert RefundOrder.objects.count() == 0
    assert not Sale.objects.filter(state=SaleState.REFUNDED).exists()


def test_a_credit_that_another_appointment_uses_at_once_is_not_paid_back(
    client_card: Client, physio: Service
) -> None:
    appointment, _ = booked_and_paid(client_card, physio, online(6500))
    other = visit(client_card, physio, "2026-07-16 10:00", now=NOW - timedelta(minutes=1))
    assert state(other) == RedemptionState.PENDING
    cancel(appointment)
    assert state(other) == RedemptionState.REDEEMED
    assert RefundOrder.objects.count() == 0
    assert return_paid_session(appointment_id=other.pk, now=NOW) is None
