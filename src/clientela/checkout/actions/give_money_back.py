"""Giving back money of a sale inside the transaction of an act; voiding and refunding end here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clientela.checkout.actions.check_money import checked_method
from clientela.checkout.actions.order_refund import order_refund
from clientela.checkout.errors import MethodRefused
from clientela.checkout.queries.money_left import money_left
from clientela.ledger.actions.record_refund import record_refund
from clientela.ledger.errors import RefundTooMuch
from clientela.ledger.models import Method, Payment, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint


@dataclass(frozen=True, slots=True)
class Returned:
    """``amount_minor`` that goes back on ``on`` by ``method``; online it is only ordered yet."""

    on: date
    method: Method
    amount_minor: int


def give_money_back(
    *,
    sale: Sale,
    amount_minor: int,
    method: Method | None,
    because: str,
    by: Actor,
    now: datetime,
) -> list[Returned]:
    """Give back exactly ``amount_minor`` of what was paid for a sale; the caller holds ``lock_credits``.

    Online money goes back the way it came: an order is written, which the worker carries out. Money of the desk
    goes back at once, by ``method`` or as it was paid. With ``method`` online only online money is meant, with
    another only the desk's; with none the newest payment goes first. Refuses ``RefundTooMuch`` when there
    is not as much (the fact ``left``), and ``MethodRefused``.
    """
    left = {
        one: amount
        for one, amount in money_left(sale).items()
        if method is None or (one.method == Method.ONLINE) == (method == Method.ONLINE)
    }
    if not 0 < amount_minor <= sum(left.values()):
        raise RefundTooMuch(field="amount_minor", left=sum(left.values()))
    return [
        _give_back(payment, amount, method=method, because=because, by=by, now=now)
        for payment, amount in _shares(left.items(), amount_minor)
    ]


def give_all_back(
    *, sale: Sale, method: Method | None, because: str, by: Actor, now: datetime
) -> list[Returned]:
    """Give back all that is there; ``method`` says how the desk's money goes, online money goes as it came."""
    if method == Method.ONLINE:
        raise MethodRefused(field="method")
    return [
        _give_back(
            payment,
            amount,
            method=None if payment.method == Method.ONLINE else method,
            because=because,
            by=by,
            now=now,
        )
        for payment, amount in money_left(sale).items()
    ]


def _shares(
    left: Iterable[tuple[Payment, int]], amount_minor: int
) -> Iterator[tuple[Payment, int]]:
    """Take the amount from one payment after the other."""
    for payment, available in left:
        share = min(available, amount_minor)
        if share:
            yield payment, share
        amount_minor -= share


def _give_back(
    payment: Payment,
    amount_minor: int,
    *,
    method: Method | None,
    because: str,
    by: Actor,
    now: datetime,
) -> Returned:
    """Give back a part of one payment."""
    today = business_day(business_id=payment.business_id, now=now)
    how = Method(method or payment.method)
    if payment.method == Method.ONLINE:
        order_refund(payment=payment, amount_minor=amount_minor, because=because, by=by, now=now)
        failpoint("checkout.refund.ordered")
        return Returned(today, Method.ONLINE, amount_minor)
    if how != payment.method:
        checked_method(how, business_id=payment.business_id)
    refund = record_refund(
        payment=payment, amount_minor=amount_minor, paid_on=today, method=how, by=by, now=now
    )
    note(
        action="payment-refunded",
        subject=payment.sale or payment,
        by=by,
        now=now,
        details={"payment": refund.pk, "method": how, "amount_minor": amount_minor},
    )
    failpoint("checkout.refund.recorded")
    return Returned(today, how, amount_minor)
