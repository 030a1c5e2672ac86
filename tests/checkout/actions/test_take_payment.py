"""Taking money: in part, exactly, late, and never too much."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checkout.shop import (
    JULY_2,
    JULY_10,
    THE_TENTH,
    days,
    legal,
    needs_credits,
    pack,
    sold,
    state,
    visit,
)
from tests.factories import GUEST, STAFF

from clientela.booking.errors import StaffOnly
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.check_money import LATE_NOTES, checked_day, checked_method
from clientela.checkout.actions.receive import receive
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.errors import MethodRefused, PaidOnRefused
from clientela.ledger.errors import AmountRefused, PaidTooMuch, SaleOver
from clientela.ledger.models import Method, Payment, Sale
from clientela.people.models import Client
from clientela.platform.audit import history
from clientela.platform.idempotency import KeyReused
from clientela.platform.models import OutboxEvent
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState

PARTS = (checked_day, checked_method, receive)
NOT_AMOUNTS: tuple[Any, ...] = (-1, 0, 0.001, 1e308, float("nan"), "1e5", "٣", "65", True, 10**30)


@pytest.fixture
def sale(client_card: Client, service: Service, business: Business) -> Sale:
    """Five sessions for 200 €, not paid."""
    return sold(client_card, pack(business, needs_credits(service)))


def pay(sale: Sale, amount: Any, **fields: Any) -> Payment:
    """Pay in cash, at the desk."""
    given = {"method": Method.CASH, "by": STAFF, "now": THE_TENTH, **fields}
    return take_payment(sale=sale, amount_minor=amount, **given)


@pytest.mark.req("S1.14")
def test_a_sale_is_pending_then_partly_paid_then_paid(sale: Sale) -> None:
    assert sale.state == SaleState.PENDING_PAYMENT
    pay(sale, 1)
    assert sale.state == SaleState.PARTLY_PAID
    pay(sale, 19_999, method=Method.TRANSFER, note="Bizum")
    assert sale.state == SaleState.PAID
    assert [line.action for line in history(subject=sale)] == [
        "sale-made",
        "payment-taken",
        "payment-taken",
    ]
    told = OutboxEvent.objects.filter(name="ledger.SalePaid")
    assert told.count() == 1


def test_no_more_is_taken_than_is_due(sale: Sale) -> None:
    pay(sale, 5000)
    with pytest.raises(PaidTooMuch) as refused:
        pay(sale, 15_001)
    assert (refused.value.field, refused.value.facts["due"]) == ("amount_minor", 15_000)
    assert Payment.objects.count() == 1


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("amount", NOT_AMOUNTS, ids=repr)
def test_no_odd_amount_is_taken(sale: Sale, amount: Any) -> None:
    with pytest.raises(AmountRefused):
        pay(sale, amount)
    assert not Payment.objects.exists()


@pytest.mark.req("S1.21")
def test_a_payment_noted_late_keeps_its_own_day_and_moves_nothing_else(
    client_card: Client, service: Service, business: Business
) -> None:
    pending = visit(client_card, needs_credits(service), "2026-07-02 10:00")
    sale = sold(client_card, pack(business, service))
    payment = pay(sale, 20_000, paid_on=JULY_2)
    assert (payment.paid_on, sale.applies_on) == (JULY_2, JULY_10)
    assert state(pending) == RedemptionState.PENDING


def test_a_payment_is_of_today_or_of_the_year_before(sale: Sale) -> None:
    assert pay(sale, 1).paid_on == JULY_10
    assert pay(sale, 1, paid_on=JULY_10 - LATE_NOTES).paid_on == JULY_10 - LATE_NOTES
    for day in (JULY_10 + days(1), JULY_10 - LATE_NOTES - days(1)):
        with pytest.raises(PaidOnRefused) as refused:
            pay(sale, 1, paid_on=day)
        assert refused.value.facts == {"least": JULY_10 - LATE_NOTES, "most": JULY_10}


def test_only_methods_that_the_business_takes_are_noted_and_online_money_never_by_hand(
    sale: Sale, business: Business
) -> None:
    legal(business, takes_cash=False)
    for method in (Method.CASH, Method.ONLINE):
        with pytest.raises(MethodRefused):
            pay(sale, 100, method=method)
    pay(sale, 100, method=Method.TERMINAL)


def test_nothing_is_paid_for_a_void_sale_nor_by_a_client_themselves(sale: Sale) -> None:
    with pytest.raises(StaffOnly):
        pay(sale, 100, by=GUEST)
    void_sale(sale=sale, because="Mistake", by=STAFF, now=THE_TENTH)
    with pytest.raises(SaleOver):
        pay(sale, 100)


def test_the_same_key_takes_once(sale: Sale) -> None:
    first = pay(sale, 100, idempotency_key="k")
    assert pay(sale, 100, idempotency_key="k") == first
    with pytest.raises(KeyReused):
        pay(sale, 101, idempotency_key="k")
    assert Payment.objects.count() == 1
