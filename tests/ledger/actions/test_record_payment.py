"""Payments, refunds and credit notes: the sale's state follows from their sums."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY

from clientela.catalogue.models import Package
from clientela.ledger.actions.record_refund import refundable
from clientela.ledger.actions.return_price import return_price
from clientela.ledger.actions.settle_state import locked_sale
from clientela.ledger.errors import (
    AlreadyRecorded,
    AmountRefused,
    CurrencyDiffers,
    PaidTooMuch,
    RefundTooMuch,
    ReturnedTooMuch,
    SaleOver,
)
from clientela.ledger.events import PaymentRefunded, PaymentTaken, SalePaid
from clientela.ledger.models import AccountKind, Method, Payment, Sale
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.sale_sums import SaleSums, sale_sums
from clientela.people.models import Client
from clientela.platform.models import OutboxEvent
from clientela.rules.sale_state import SaleState
from clientela.rules.tax import Parts

PENDING, PARTLY, PAID = SaleState.PENDING_PAYMENT, SaleState.PARTLY_PAID, SaleState.PAID
CLOSED, REFUNDED = SaleState.VOID, SaleState.REFUNDED


def stored(sale: Sale) -> str:
    return Sale.objects.get(pk=sale.pk).state


def events(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


@pytest.mark.req("S1.14")
def test_a_sale_is_paid_when_the_last_of_its_money_is_there(sale: Sale) -> None:
    states = [sale.state]
    for amount in (1, 29998, 1):
        shop.pay(sale, amount)
        states.append(sale.state)
        assert stored(sale) == sale.state
    assert states == [PENDING, PARTLY, PARTLY, PAID]
    assert (events(PaymentTaken.name), events(SalePaid.name)) == (3, 1)
    assert balances_of_kind(kind=AccountKind.OWED) == {}
    assert balances_of_kind(kind=AccountKind.TILL) == {("cash", "EUR"): 30000}


def test_no_more_is_taken_than_is_due(sale: Sale) -> None:
    shop.pay(sale, 20000)
    with pytest.raises(PaidTooMuch) as refused:
        shop.pay(sale, 10001)
    assert refused.value.facts == {"due": 10000}
    shop.pay(sale, 10000)
    with pytest.raises(PaidTooMuch):
        shop.pay(sale, 1)


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("amount", [0, -1, 10_000_000_001, 10**40])
def test_nothing_less_than_nothing_and_beyond_reason_is_no_payment(sale: Sale, amount: int) -> None:
    with pytest.raises(AmountRefused):
        shop.pay(sale, amount)
    paid = shop.pay(sale, 100)
    with pytest.raises(AmountRefused):
        shop.refund(paid, amount)
    with pytest.raises(AmountRefused):
        shop.take_off(sale, amount)


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("amount", [1.0, float("nan"), "100", True])
def test_a_float_is_no_money(sale: Sale, amount: Any) -> None:
    with pytest.raises(TypeError):
        shop.pay(sale, amount)


def test_money_of_another_currency_is_refused(sale: Sale) -> None:
    with pytest.raises(CurrencyDiffers):
        shop.pay(sale, 100, currency="GBP")


def test_a_providers_payment_counts_once(sale: Sale, client_card: Client, five: Package) -> None:
    online = {"method": Method.ONLINE, "provider": "simulator", "provider_ref": "pay_1"}
    shop.pay(sale, 100, **online)
    with pytest.raises(AlreadyRecorded):
        shop.pay(sale, 100, **online)
    with pytest.raises(AlreadyRecorded):
        shop.pay(shop.sell(client_card, five), 100, **online)
    shop.pay(sale, 100, **{**online, "provider_ref": "pay_2"})
    assert sale_sums(sale_ids=[sale.pk])[sale.pk].paid == 200


def test_nothing_is_paid_for_a_void_sale(sale: Sale) -> None:
    shop.close(sale)
    for act in (shop.pay, shop.take_off):
        with pytest.raises(SaleOver) as refused:
            act(sale, 100)
        assert refused.value.reason == "sale-ended"
    with transaction.atomic():
        assert locked_sale(sale, ended=True).pk == sale.pk


def test_money_for_nothing_is_kept_apart_until_it_goes_back(sale: Sale) -> None:
    stray = shop.pay(None, 4500, business_id=sale.business_id, method=Method.ONLINE)
    assert balances_of_kind(kind=AccountKind.UNAPPLIED) == {("", "EUR"): -4500}
    shop.refund(stray, 4500)
    assert balances_of_kind(kind=AccountKind.UNAPPLIED) == {}
    assert balances_of_kind(kind=AccountKind.TILL) == {}
    assert stored(sale) == PENDING
    assert events(PaymentTaken.name) == 0


def test_a_refund_alone_makes_the_sale_owed_again(sale: Sale) -> None:
    paid = shop.pay(sale, 30000)
    shop.refund(paid, 1000)
    assert stored(sale) == PARTLY
    shop.refund(paid, 29000)
    assert stored(sale) == PENDING
    assert events(PaymentRefunded.name) == 2
    assert sale_sums(sale_ids=[sale.pk]) == {
        sale.pk: SaleSums(price=30000, returned=0, paid=30000, refunded=30000)
    }


def test_a_part_of_the_price_and_its_money_go_back_and_the_sale_stays_paid(sale: Sale) -> None:
    paid = shop.pay(sale, 30000)
    parts = shop.take_off(sale, 10000)
    assert parts == Parts(8264, 1736)
    shop.refund(paid, 10000)
    assert (stored(sale), sale.returned_minor) == (PAID, 10000)
    assert sale_sums(sale_ids=[sale.pk])[sale.pk].due == 0


def test_the_price_taken_back_in_parts_takes_all_its_tax_back(sale: Sale) -> None:
    pieces = [shop.take_off(sale, amount) for amount in (1, 1, 12345, 17653)]
    assert (sum(one.net for one in pieces), sum(one.tax for one in pieces)) == (24793, 5207)
    for kind in (AccountKind.EARNED, AccountKind.TAX, AccountKind.OWED):
        assert balances_of_kind(kind=kind) == {}
    with transaction.atomic(), pytest.raises(ReturnedTooMuch) as refused:
        return_price(sale=sale, amount_minor=1, now=NOW)
    assert refused.value.facts == {"left": 0}


def test_no_more_of_a_payment_goes_back_than_came(sale: Sale) -> None:
    first, second = shop.pay(sale, 100), shop.pay(sale, 200)
    shop.refund(first, 60)
    with pytest.raises(RefundTooMuch) as refused:
        shop.refund(first, 41)
    assert refused.value.facts == {"left": 40}
    assert (refundable(first), refundable(second)) == (40, 200)


def test_only_a_payment_is_refunded(sale: Sale) -> None:
    back = shop.refund(shop.pay(sale, 100), 50)
    with pytest.raises(ValueError, match="only a payment"):
        shop.refund(back, 50)


def test_a_refund_by_another_method_leaves_that_till(sale: Sale) -> None:
    paid = shop.pay(sale, 100, method=Method.ONLINE, provider="simulator", provider_ref="pay_1")
    back = shop.refund(paid, 40, method=Method.CASH)
    assert (back.method, back.provider) == (Method.CASH, "")
    assert balances_of_kind(kind=AccountKind.TILL) == {("online", "EUR"): 100, ("cash", "EUR"): -40}


def test_a_payment_on_another_day_counts_on_that_day(sale: Sale) -> None:
    shop.pay(sale, 100, paid_on=TODAY - timedelta(days=3), now=NOW)
    tills = [
        balances_of_kind(kind=AccountKind.TILL, on=TODAY - timedelta(days=ago)) for ago in (4, 3)
    ]
    assert tills == [{}, {("cash", "EUR"): 100}]
    assert Payment.objects.get().recorded_at == NOW
