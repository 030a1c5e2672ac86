"""What waits to be settled: appointments without a credit, sales without their money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import pending_rows
from clientela.ledger.models import Sale
from clientela.ledger.queries.client_sales import outstanding_sales
from clientela.ledger.queries.sale_sums import SaleSums, sale_sums

if TYPE_CHECKING:
    from clientela.business.models import Business, Professional


@dataclass(frozen=True, slots=True)
class ToSettle:
    """The oldest of each first, as many as were asked for; the counts are of all there are.

    ``sums`` are of the sales listed, by their id: ``sums[sale.pk].due`` is what waits.
    """

    pending: list[Appointment]
    sales: list[Sale]
    sums: dict[UUID, SaleSums]
    pending_count: int
    sales_count: int


def to_settle(
    *, business: Business, professional: Professional | None = None, limit: int = 100
) -> ToSettle:
    """Return what waits in a business: what is pending redemption, past and to come, and the unpaid sales.

    With ``professional`` only the appointments with them and the sales that are theirs. Six queries at most.
    """
    pending = _pending(business, professional)
    sales = outstanding_sales(
        business_id=business.pk, professional_id=professional.pk if professional else None
    )
    pending_list, sales_list = list(pending[:limit]), list(sales[:limit])
    return ToSettle(
        pending=pending_list,
        sales=sales_list,
        sums=sale_sums(sale_ids=[one.pk for one in sales_list]) if sales_list else {},
        pending_count=len(pending_list) if len(pending_list) < limit else pending.count(),
        sales_count=len(sales_list) if len(sales_list) < limit else sales.count(),
    )


def _pending(business: Business, professional: Professional | None) -> QuerySet[Appointment]:
    rows = pending_rows().filter(business=business)
    return rows if professional is None else rows.filter(professional=professional)
