"""Sales as the API shows them: however many there are, in four queries more than it takes to read them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from clientela.booking.causes import appointment_id_of
from clientela.ledger.models import Invoice, Payment, Redemption
from clientela.ledger.queries.sale_sums import sale_sums

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from clientela.ledger.models import Sale

_AS_AGREED = (
    "kind", "name", "credits", "price_minor", "net_minor", "tax_minor", "currency", "sold_on",
    "applies_on", "valid_until", "state", "returned_minor",
)  # fmt: skip


def sale_rows(sales: Sequence[Sale]) -> list[dict[str, Any]]:
    """Return each sale with what was paid, what it redeems and what was issued for it, in the order given."""
    ids = [sale.pk for sale in sales]
    sums = sale_sums(sale_ids=ids)
    redeems, payments, invoices = _redeems(ids), _payments(ids), _invoices(ids)
    return [
        {
            "id": sale.pk,
            "client": sale.client_id,
            "package": sale.package_id,
            "service": sale.service_id,
            "paid_minor": sums[sale.pk].paid,
            "refunded_minor": sums[sale.pk].refunded,
            "due_minor": sums[sale.pk].due,
            "appointment": appointment_id_of(sale.cause),
            "redeems": redeems[sale.pk],
            "payments": payments[sale.pk],
            "invoices": invoices[sale.pk],
            **{word: getattr(sale, word) for word in _AS_AGREED},
        }
        for sale in sales
    ]


def _redeems(ids: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Redemption.objects.filter(grant__sale__in=ids, released_at__isnull=True)
    for sale_id, cause in rows.order_by("number").values_list("grant__sale_id", "cause"):
        appointment_id = appointment_id_of(cause)
        if appointment_id is not None:
            found[sale_id].append(appointment_id)
    return found


def _payments(ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for payment in Payment.objects.filter(sale__in=ids).order_by("recorded_at", "id"):
        assert payment.sale_id is not None  # noqa: S101 -- asked for by it
        found[payment.sale_id].append(
            {
                "id": payment.pk,
                "kind": payment.kind,
                "method": payment.method,
                "amount_minor": payment.amount_minor,
                "paid_on": payment.paid_on,
            }
        )
    return found


def _invoices(ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = Invoice.objects.filter(sale__in=ids).defer("document", "facts")
    for invoice in rows.order_by("issued_at", "id"):
        found[invoice.sale_id].append(
            {
                "id": invoice.pk,
                "kind": invoice.kind,
                "number": str(invoice),
                "issued_on": invoice.issued_on,
                "gross_minor": invoice.gross_minor,
                "net_minor": invoice.net_minor,
                "tax_minor": invoice.tax_minor,
            }
        )
    return found
