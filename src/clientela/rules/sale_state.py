"""How far a sale is paid: its state follows from four sums.

A sale passes from pending payment over partly paid to paid. It ends void (nothing of its money is with
the business) or refunded (money came and went back).
"""

from __future__ import annotations

from enum import StrEnum


class SaleState(StrEnum):
    """Where a sale stands; the value is what databases, APIs and files hold."""

    PENDING_PAYMENT = "pending_payment"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    VOID = "void"
    REFUNDED = "refunded"


OUTSTANDING = frozenset({SaleState.PENDING_PAYMENT, SaleState.PARTLY_PAID})
"""Something is still to be paid."""

ENDED = frozenset({SaleState.VOID, SaleState.REFUNDED})
"""Its credits were taken back."""


def sale_state(*, price: int, returned: int, paid: int, refunded: int, voided: bool) -> SaleState:
    """Return the state of a sale from its sums, all in minor units and none negative.

    ``price`` less ``returned`` (credit notes) is due; ``paid`` less ``refunded`` is there. A void sale that
    was paid anything is refunded, whether or not the money has already left.
    """
    if voided:
        return SaleState.REFUNDED if paid > 0 else SaleState.VOID
    if paid - refunded >= price - returned:
        return SaleState.PAID
    return SaleState.PARTLY_PAID if paid > refunded else SaleState.PENDING_PAYMENT
