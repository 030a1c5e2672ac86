"""A client's sales and credits in plain values, for them to take along."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from clientela.ledger.models import Invoice, Payment, Sale
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.ledger.queries.statement import statement
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only

_Plain = dict[str, object]


def sales_told(*, card: Client) -> list[_Plain]:
    """Return what was sold to the client, oldest first, with payments and invoices: not the staff's notes."""
    sales = list(shown_only(Sale.objects.filter(client=card)).order_by("sold_at", "id"))
    ids = [sale.pk for sale in sales]
    sums, payments, invoices = sale_sums(sale_ids=ids), _payments(ids), _invoices(ids)
    return [
        {
            "id": str(sale.pk),
            "what": sale.name,
            "sessions": sale.credits,
            "price_minor": sale.price_minor,
            "tax_minor": sale.tax_minor,
            "currency": sale.currency,
            "sold_on": sale.sold_on.isoformat(),
            "counts_from": sale.applies_on.isoformat(),
            "counts_until": sale.valid_until.isoformat() if sale.valid_until else None,
            "state": sale.state,
            "to_pay_minor": sums[sale.pk].due,
            "payments": payments[sale.pk],
            "invoices": invoices[sale.pk],
        }
        for sale in sales
    ]


def credits_told(*, card: Client) -> list[_Plain]:
    """Return every step of the client's credits: what gave them, used them and gave them back; not what was lent for."""
    return [
        {
            "what": one.name,
            "sale": str(one.sale_id),
            "step": str(one.line),
            "change": one.change,
            "left": one.left,
            "because_of": "lent" if one.lent else one.cause,
            "counts_from": one.happened_on.isoformat(),
            "noted_at": one.recorded_at.isoformat(),
        }
        for one in statement(client_id=card.pk, as_client=True)
    ]


def _payments(ids: list[UUID]) -> dict[UUID | None, list[_Plain]]:
    found: dict[UUID | None, list[_Plain]] = defaultdict(list)
    for one in Payment.objects.filter(sale__in=ids).order_by("recorded_at", "id"):
        found[one.sale_id].append(
            {
                "kind": one.kind,
                "by": one.method,
                "amount_minor": one.amount_minor,
                "on": one.paid_on.isoformat(),
            }
        )
    return found


def _invoices(ids: list[UUID]) -> dict[UUID, list[_Plain]]:
    found: dict[UUID, list[_Plain]] = defaultdict(list)
    for one in Invoice.objects.filter(sale__in=ids).defer("document").order_by("issued_at", "id"):
        found[one.sale_id].append(
            {
                "kind": one.kind,
                "number": str(one),
                "issued_on": one.issued_on.isoformat(),
                "buyer": one.facts.get("buyer"),
                "total_minor": one.gross_minor,
                "tax_minor": one.tax_minor,
            }
        )
    return found
