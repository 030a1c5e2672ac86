"""Refunds in part: a credit note of the price and money back; the credits stay."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checkout.shop import (
    THE_TENTH,
    cash,
    needs_credits,
    online,
    pack,
    provider_account,
    sold,
)
from tests.factories import GUEST, STAFF

from clientela.booking.errors import StaffOnly
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.checkout.actions.give_money_back import give_money_back
from clientela.checkout.actions.order_refund import order_refund
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.errors import MethodRefused, ReasonMissing
from clientela.checkout.models import OrderState, RefundOrder
from clientela.checkout.queries.money_left import by_way, money_left, owed_back
from clientela.ledger.errors import AmountRefused, RefundTooMuch
from clientela.ledger.models import Method, Payment, PaymentKind, Sale
from clientela.ledger.queries.balances import balances
from clientela.ledger.queries.sale_sums import sums_of
from clientela.people.models import Client
from clientela.rules.sale_state import SaleState

PARTS = (give_money_back,)
NOT_AMOUNTS: tuple[Any, ...] = (-1, 0, 0.001, 1e308, float("nan"), "1e5", "٣", "65", True, 10**30)


@pytest.fixture
def sale(client_card: Client, service: Service, business: Business) -> Sale:
    """Five sessions for 200 €, paid by 50 € in cash, then 150 € by card."""
    made = sold(client_card, pack(business, needs_credits(service)), payment=cash(5000))
    take_payment(sale=made, method=Method.TERMINAL, amount_minor=15_000, by=STAFF, now=THE_TENTH)
    return made


def refund(sale: Sale, amount: Any, **fields: Any) -> Sale:
    """Give back, by staff."""
    given = {"because": "A visit less", "by": STAFF, "now": THE_TENTH, **fields}
    return refund_sale(sale=sale, amount_minor=amount, **given)


def went_back() -> list[tuple[str, int]]:
    """Return what went back, in order."""
    refunds = Payment.objects.filter(kind=PaymentKind.REFUND).order_by("id")
    return list(refunds.values_list("method", "amount_minor"))


def test_a_part_goes_back_and_the_price_falls_and_the_credits_stay(sale: Sale) -> None:
    refund(sale, 4000)
    sums = sums_of(sale)
    assert (sums.returned, sums.refunded, sums.due) == (4000, 4000, 0)
    assert sale.state == SaleState.PAID
    assert [one.free for one in balances(client_id=sale.client_id, on=sale.applies_on)] == [5]


def test_the_newest_payment_goes_back_first_or_the_desks_by_the_way_that_is_said(
    sale: Sale,
) -> None:
    refund(sale, 16_000)
    assert went_back() == [("terminal", 15_000), ("cash", 1000)]
    refund(sale, 1000, method=Method.TRANSFER)
    assert went_back()[2:] == [("transfer", 1000)]


def test_no_more_goes_back_than_came(sale: Sale) -> None:
    with pytest.raises(RefundTooMuch) as refused:
        refund(sale, 20_001)
    assert refused.value.facts["left"] == 20_000
    with pytest.raises(RefundTooMuch):
        refund(sale, 1, method=Method.ONLINE)
    refund(sale, 20_000)
    with pytest.raises(RefundTooMuch):
        refund(sale, 1)
    assert (sale.state, sums_of(sale).due) == (SaleState.PAID, 0)


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("amount", NOT_AMOUNTS, ids=repr)
def test_no_odd_amount_goes_back(sale: Sale, amount: Any) -> None:
    with pytest.raises(AmountRefused):
        refund(sale, amount)


def test_the_same_key_gives_back_once(sale: Sale) -> None:
    refund(sale, 1000, idempotency_key="k")
    refund(sale, 1000, idempotency_key="k")
    assert went_back() == [("terminal", 1000)]


def test_it_needs_a_reason_and_the_business(sale: Sale) -> None:
    with pytest.raises(ReasonMissing):
        refund(sale, 1000, because="")
    with pytest.raises(StaffOnly):
        refund(sale, 1000, by=GUEST)


def test_online_money_is_ordered_back_and_not_twice(
    client_card: Client, service: Service, business: Business
) -> None:
    provider_account(business)
    service.price_minor = 6500
    sale = sold(client_card, service, payment=online(6500))
    refund(sale, 6000)
    assert by_way(money_left(sale)) == (0, 500)
    assert owed_back(sale) == 0
    with pytest.raises(RefundTooMuch) as refused:
        refund(sale, 501)
    assert refused.value.facts["left"] == 500
    refund(sale, 500, method=Method.ONLINE)
    assert list(RefundOrder.objects.order_by("id").values_list("amount_minor", flat=True)) == [
        6000,
        500,
    ]
    with pytest.raises(RefundTooMuch):
        order_refund(
            payment=Payment.objects.get(), amount_minor=1, because="x", by=STAFF, now=THE_TENTH
        )


def test_what_the_provider_did_not_give_back_is_owed_and_does_not_lower_the_price_again(
    client_card: Client, service: Service, business: Business
) -> None:
    provider_account(business)
    service.price_minor = 6500
    sale = sold(client_card, service, payment=online(6500))
    refund(sale, 2000)
    RefundOrder.objects.update(state=OrderState.FAILED, try_at=None)
    assert owed_back(sale) == 2000
    refund(sale, 2500)
    assert sums_of(sale).returned == 2500
    void_sale(sale=sale, because="All of it", by=STAFF, now=THE_TENTH)
    RefundOrder.objects.update(state=OrderState.FAILED, try_at=None)
    assert owed_back(sale) == 6500
    refund(sale, 6500)
    assert sums_of(sale).returned == 6500


def test_without_an_account_of_its_provider_nothing_can_be_ordered(
    client_card: Client, service: Service
) -> None:
    service.price_minor = 6500
    sale = sold(client_card, service, payment=online(6500))
    with pytest.raises(MethodRefused):
        refund(sale, 6500)
    sale.refresh_from_db()
    assert sale.returned_minor == 0
