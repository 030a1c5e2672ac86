"""What of the money of a sale can still go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from clientela.checkout.models import OrderState, RefundOrder
from clientela.ledger.models import Method, Payment, PaymentKind, Sale
from clientela.ledger.queries.sale_sums import sums_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def money_left(sale: Sale) -> dict[Payment, int]:
    """Return what of each payment is neither given back nor ordered to be, the newest payment first.

    Payments of which nothing is left are not in it. Three queries.
    """
    payments = Payment.objects.filter(sale=sale, kind=PaymentKind.PAYMENT)
    found = list(payments.order_by("-recorded_at", "-id"))
    gone = _gone(one.pk for one in found)
    left = {one: one.amount_minor - gone.get(one.pk, 0) for one in found}
    return {one: amount for one, amount in left.items() if amount > 0}


def orderable(payment: Payment) -> int:
    """Return how much of one payment is neither given back nor about to be, in minor units."""
    return payment.amount_minor - _gone([payment.pk]).get(payment.pk, 0)


def by_way(left: dict[Payment, int]) -> tuple[int, int]:
    """Return how much of it is money of the desk, and how much came online."""
    online = sum(amount for one, amount in left.items() if one.method == Method.ONLINE)
    return sum(left.values()) - online, online


def owed_back(sale: Sale) -> int:
    """Return what the business holds beyond the price and has not ordered back yet, in minor units."""
    ordered = RefundOrder.objects.filter(payment__sale=sale, state=OrderState.ORDERED).aggregate(
        total=Sum("amount_minor")
    )["total"]
    return max(0, -sums_of(sale).due - (ordered or 0))


def _gone(payment_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return what of these payments went back, or is ordered to."""
    asked = list(payment_ids)
    refunds = Payment.objects.filter(refund_of__in=asked).values_list("refund_of")
    orders = RefundOrder.objects.filter(payment__in=asked, state=OrderState.ORDERED).values_list(
        "payment"
    )
    gone: dict[UUID, int] = {}
    for rows in (refunds, orders):
        for payment_id, total in rows.annotate(total=Sum("amount_minor")):
            if payment_id is not None:
                gone[payment_id] = gone.get(payment_id, 0) + total
    return gone
