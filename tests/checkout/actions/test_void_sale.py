"""Voiding a sale: what it redeemed waits again, and its money goes back in the same act."""

from __future__ import annotations

from datetime import date

import pytest
from tests.checkout.shop import (
    JULY_2,
    JULY_10,
    THE_TENTH,
    cash,
    needs_credits,
    online,
    pack,
    provider_account,
    sold,
    state,
    visit,
)
from tests.factories import GUEST, STAFF

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.errors import StaffOnly
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.give_money_back import give_all_back
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.errors import MethodRefused, ReasonMissing
from clientela.checkout.models import RefundOrder
from clientela.checkout.queries.void_preview import void_preview
from clientela.ledger.models import Grant, Method, Movement, Payment, PaymentKind, Redemption, Sale
from clientela.ledger.queries.balances import balances
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import Client
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState

PARTS = (give_all_back, lock_sale)
WHY = "Sold twice"


@pytest.fixture
def physio(service: Service) -> Service:
    """Physiotherapy: an appointment of it needs a credit; one session costs 65 €."""
    service.price_minor = 6500
    return needs_credits(service)


def void(sale: Sale, **fields: object) -> Sale:
    """Void it, by staff."""
    return void_sale(sale=sale, because=WHY, by=STAFF, now=THE_TENTH, **fields)  # type: ignore[arg-type]  # passed on


@pytest.mark.req("S1.25")
def test_what_it_had_redeemed_is_pending_redemption_again(
    client_card: Client, physio: Service, business: Business
) -> None:
    past = visit(client_card, physio, "2026-07-02 10:00")
    ahead = visit(client_card, physio, "2026-07-14 10:00")
    sale = sold(client_card, pack(business, physio), applies_on=JULY_2)
    assert [state(past), state(ahead)] == [RedemptionState.REDEEMED] * 2
    shown = void_preview(sale=sale)
    assert (shown.reopens, shown.again, shown.unpaid, shown.ended) == ([past, ahead], [], [], [])

    void(sale)
    assert [state(past), state(ahead)] == [RedemptionState.PENDING] * 2
    assert sale.state == SaleState.VOID
    assert (sale.voided_because, sale.voided_at) == (WHY, THE_TENTH)
    assert not Redemption.objects.filter(released_at__isnull=True).exists()
    assert Grant.objects.get().closed_at == THE_TENTH
    assert balances(client_id=client_card.pk, on=JULY_10) == []
    line = history(subject=sale).last()
    assert line is not None
    assert (line.action, line.reason) == ("sale-voided", WHY)
    assert line.details["reopened"] == [str(past.pk), str(ahead.pk)]


def test_another_credit_of_the_client_redeems_at_once_what_it_can(
    client_card: Client, physio: Service, business: Business
) -> None:
    sale = sold(client_card, pack(business, physio, credits=2, valid_count=1))
    first = visit(client_card, physio, "2026-07-14 10:00", now=THE_TENTH)
    second = visit(client_card, physio, "2026-07-15 10:00", now=THE_TENTH)
    sold(client_card, physio)
    shown = void_preview(sale=sale)
    assert (shown.reopens, shown.again) == ([second], [first])
    void(sale)
    assert [state(first), state(second)] == [RedemptionState.REDEEMED, RedemptionState.PENDING]


def test_a_cancelled_appointment_and_one_that_needs_no_credit_wait_for_nothing(
    client_card: Client, physio: Service, shared_service: Service, business: Business
) -> None:
    sale = sold(client_card, pack(business, physio, shared_service))
    late = visit(client_card, physio, "2026-07-14 10:00", now=THE_TENTH)
    free = visit(client_card, shared_service, "2026-07-14 11:00", now=THE_TENTH)
    cancel_appointment(appointment=late, by=STAFF, door="desk", forfeits=True, now=THE_TENTH)
    assert [state(late), state(free)] == [RedemptionState.FORFEITED, RedemptionState.REDEEMED]
    shown = void_preview(sale=sale)
    assert (shown.reopens, shown.unpaid, shown.ended) == ([], [free], [late])
    void(sale)
    assert [state(late), state(free)] == [RedemptionState.NONE, RedemptionState.NONE]


def test_money_of_the_desk_goes_back_at_once_by_the_way_that_is_said(
    client_card: Client, physio: Service, business: Business
) -> None:
    sale = sold(client_card, pack(business, physio), payment=cash(15_000, method=Method.TERMINAL))
    void(sale, refund_by=Method.CASH)
    refund = Payment.objects.get(kind=PaymentKind.REFUND)
    assert (refund.method, refund.amount_minor, refund.paid_on) == (
        Method.CASH,
        15_000,
        date(2026, 7, 10),
    )
    assert sale.state == SaleState.REFUNDED


def test_unless_it_is_said_it_goes_back_as_it_was_paid(
    client_card: Client, physio: Service
) -> None:
    sale = sold(client_card, physio, payment=cash(6500, method=Method.TERMINAL))
    void(sale)
    assert Payment.objects.get(kind=PaymentKind.REFUND).method == Method.TERMINAL


def test_online_money_is_ordered_back_and_only_once(
    client_card: Client, physio: Service, business: Business
) -> None:
    account = provider_account(business)
    sale = sold(client_card, physio, payment=online(6500))
    void(sale, refund_by=Method.CASH)
    order = RefundOrder.objects.get()
    assert (order.amount_minor, order.state, order.because) == (6500, "ordered", "sale-voided")
    assert (order.provider_account, order.try_at) == (account, THE_TENTH)
    assert (order.by_kind, order.by_account_id) == ("staff", STAFF.account_id)
    assert not Payment.objects.filter(kind=PaymentKind.REFUND).exists(), "the worker's to say"
    assert sale.state == SaleState.REFUNDED
    void(sale)
    assert RefundOrder.objects.count() == 1


def test_voiding_what_is_void_changes_nothing(client_card: Client, physio: Service) -> None:
    sale = sold(client_card, physio, payment=cash(1000))
    void(sale)
    moved = Movement.objects.count()
    told = OutboxEvent.objects.count()
    assert void(sale).state == SaleState.REFUNDED
    assert (Movement.objects.count(), OutboxEvent.objects.count()) == (moved, told)


def test_it_needs_a_reason_and_the_business_and_a_way_back(
    client_card: Client, physio: Service
) -> None:
    sale = sold(client_card, physio, payment=cash(6500))
    with pytest.raises(ReasonMissing):
        void_sale(sale=sale, because=" \u200b", by=STAFF, now=THE_TENTH)
    with pytest.raises(StaffOnly):
        void_sale(sale=sale, because=WHY, by=GUEST, now=THE_TENTH)
    with pytest.raises(MethodRefused):
        void(sale, refund_by=Method.ONLINE)
    sale.refresh_from_db()
    assert sale.state == SaleState.PAID
    assert Redemption.objects.count() == 0
    assert Appointment.objects.count() == 0


def test_a_sale_of_an_erased_card_can_still_be_put_right(
    client_card: Client, physio: Service, business: Business
) -> None:
    sale = sold(client_card, physio, payment=cash(6500))
    erase_card(card=client_card, because="asked", by=STAFF, now=THE_TENTH)
    void(sale)
    assert sale.state == SaleState.REFUNDED
