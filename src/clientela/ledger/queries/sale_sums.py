"""What was paid and given back for sales, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from clientela.ledger.models import Payment, PaymentKind, Sale


@dataclass(frozen=True, slots=True)
class SaleSums:
    """The sums of a sale in minor units; ``returned`` is how much of the price was taken back."""

    price: int
    returned: int
    paid: int
    refunded: int

    @property
    def due(self) -> int:
        """What its client still owes; below zero: what the business still has to give back."""
        return self.price - self.returned - self.paid + self.refunded

    @property
    def kept(self) -> int:
        """What was paid and not given back."""
        return self.paid - self.refunded


def sale_sums(*, sale_ids: Iterable[UUID]) -> dict[UUID, SaleSums]:
    """Return the sums of these sales, in two statements however many they are."""
    asked = list(sale_ids)
    moved = (
        Payment.objects.filter(sale__in=asked)
        .values_list("sale_id", "kind")
        .annotate(total=Sum("amount_minor"))
    )
    totals = {(sale_id, kind): total for sale_id, kind, total in moved}
    return {
        key: SaleSums(
            price=price,
            returned=returned,
            paid=totals.get((key, PaymentKind.PAYMENT.value), 0),
            refunded=totals.get((key, PaymentKind.REFUND.value), 0),
        )
        for key, price, returned in Sale.objects.filter(pk__in=asked).values_list(
            "pk", "price_minor", "returned_minor"
        )
    }


def sums_of(sale: Sale) -> SaleSums:
    """Return the sums of one sale; price and returns as they stand on this copy of it."""
    totals = dict(
        Payment.objects.filter(sale=sale).values_list("kind").annotate(total=Sum("amount_minor"))
    )
    return SaleSums(
        price=sale.price_minor,
        returned=sale.returned_minor,
        paid=totals.get(PaymentKind.PAYMENT.value, 0),
        refunded=totals.get(PaymentKind.REFUND.value, 0),
    )
