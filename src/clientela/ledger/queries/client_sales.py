"""A client's sales, and those that wait for money."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from clientela.ledger.models import Sale
from clientela.people.queries.hidden_rows import shown_only
from clientela.rules.sale_state import OUTSTANDING


def client_sales(*, client_id: UUID, as_client: bool = False) -> QuerySet[Sale]:
    """Return what was sold to a client, newest first, with its package, service and professional.

    ``as_client``: without what is hidden from the client's own log-in.
    """
    theirs = Sale.objects.filter(client=client_id)
    return (
        (shown_only(theirs) if as_client else theirs)
        .select_related("package", "service", "professional")
        .order_by("-sold_at", "-pk")
    )


def outstanding_sales(
    *,
    business_id: UUID,
    client_id: UUID | None = None,
    professional_id: UUID | None = None,
    as_client: bool = False,
) -> QuerySet[Sale]:
    """Return the sales that are not fully paid, oldest first, with their client: all, or of one or by one.

    ``as_client``: without what is hidden from the client's own log-in.
    """
    sales = Sale.objects.filter(
        business=business_id, state__in=[state.value for state in sorted(OUTSTANDING)]
    )
    if client_id is not None:
        sales = sales.filter(client=client_id)
    if professional_id is not None:
        sales = sales.filter(professional=professional_id)
    if as_client:
        sales = shown_only(sales)
    return sales.select_related("client", "service", "package", "professional").order_by(
        "sold_on", "sold_at", "pk"
    )
