"""All that is known of one sale, for the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.checkout.models import OrderState, RefundOrder
from clientela.checkout.queries.money_left import by_way, money_left
from clientela.ledger.models import Grant, Invoice, Payment, PaymentKind, Redemption, Sale
from clientela.ledger.queries.sale_sums import SaleSums, sums_of
from clientela.rules.sale_state import ENDED, OUTSTANDING, SaleState

if TYPE_CHECKING:
    from clientela.business.models import Business


@dataclass(frozen=True, slots=True)
class UsedCredit:
    """A credit of the sale that is in use: its number, for which appointment, and whether it was forfeited."""

    number: int
    appointment: Appointment | None
    forfeited: bool


@dataclass(frozen=True, slots=True)
class SalePage:
    """A sale with its money and its credits. Amounts are minor units of its currency.

    ``payments`` are in the order in which they were noted, refunds among them; ``orders`` are refunds the
    provider has not carried out. ``left_at_desk`` and ``left_online`` are what can still be given back, each
    its own way. ``free`` credits are usable; of a void sale none are.
    """

    sale: Sale
    sums: SaleSums
    payments: list[Payment]
    orders: list[RefundOrder]
    left_at_desk: int
    left_online: int
    used: list[UsedCredit]
    free: int
    invoices: list[Invoice]

    @property
    def is_over(self) -> bool:
        """Whether it was voided."""
        return SaleState(self.sale.state) in ENDED

    @property
    def can_be_paid(self) -> bool:
        """Whether something is due."""
        return SaleState(self.sale.state) in OUTSTANDING

    @property
    def can_be_refunded(self) -> bool:
        """Whether there is money to give back."""
        return self.left_at_desk + self.left_online > 0

    @property
    def can_be_invoiced(self) -> bool:
        """Whether its invoice may be issued now."""
        return not self.is_over and not self.invoices


def sale_page(*, business: Business, sale_id: UUID) -> SalePage:
    """Return the sale of the business, in eleven queries however much hangs on it; ``Sale.DoesNotExist`` if none."""
    sale = Sale.objects.select_related(
        "business", "client", "package", "service", "professional__resource"
    ).get(pk=sale_id, business=business)
    at_desk, online = by_way(money_left(sale))
    used = _used(sale)
    grant = Grant.objects.filter(sale=sale, closed_at__isnull=True).first()
    return SalePage(
        sale=sale,
        sums=sums_of(sale),
        payments=list(Payment.objects.filter(sale=sale).order_by("recorded_at", "id")),
        orders=list(
            RefundOrder.objects.filter(payment__sale=sale)
            .exclude(state=OrderState.DONE)
            .order_by("ordered_at", "id")
        ),
        left_at_desk=at_desk,
        left_online=online,
        used=used,
        free=grant.credits - len(used) if grant else 0,
        invoices=list(
            Invoice.objects.filter(sale=sale).defer("document", "facts").order_by("issued_at", "id")
        ),
    )


def receipts(sale: Sale) -> list[Payment]:
    """Return the payments of a sale that a client is shown, oldest first, without what went back."""
    return list(
        Payment.objects.filter(sale=sale, kind=PaymentKind.PAYMENT).order_by("recorded_at", "id")
    )


def _used(sale: Sale) -> list[UsedCredit]:
    """Return the credits in use, by their number."""
    standing = list(
        Redemption.objects.filter(grant__sale=sale, released_at__isnull=True).order_by("number")
    )
    ids = {one.pk: appointment_id_of(one.cause) for one in standing}
    found = Appointment.objects.select_related(
        "service", "professional__resource", "location", "client"
    ).in_bulk([one for one in ids.values() if one is not None])
    return [
        UsedCredit(
            number=one.number,
            appointment=found.get(key) if (key := ids[one.pk]) else None,
            forfeited=one.forfeited,
        )
        for one in standing
    ]
