"""Writing a numbered document that never changes; invoices and credit notes end here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clientela.business.models import Business, SalesPolicy
from clientela.checkout.actions.number_invoice import next_number, series_of
from clientela.checkout.errors import InvoiceDataMissing
from clientela.checkout.events import InvoiceIssued
from clientela.checkout.invoice_document import (
    Corrected,
    InvoiceFacts,
    InvoiceLine,
    PaidLine,
    Party,
    TaxLine,
    render_invoice,
)
from clientela.ledger.models import Invoice, InvoiceKind, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.ids import uuid7
from clientela.platform.outbox import record
from clientela.rules.tax import Parts

_SELLER: Final = ("legal_name", "tax_id", "legal_address")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document says besides who issues it and its number. ``parts`` are its net and tax."""

    kind: InvoiceKind
    parts: Parts
    buyer: Party | None
    line: InvoiceLine
    payments: list[PaidLine]
    corrects: Invoice | None = None
    because: str = ""


def write_invoice(*, sale: Sale, draft: Draft, by: Actor, now: datetime) -> Invoice:
    """Number, print and keep a document; the caller holds the sale. Refuses ``InvoiceDataMissing``.

    The number follows the last of its series and year. The bytes are made here once, and are what everybody
    gets for ever.
    """
    business = Business.objects.get(pk=sale.business_id)
    policy = SalesPolicy.objects.filter(business=business).first() or SalesPolicy()
    missing = [name for name in _SELLER if not getattr(policy, name)]
    if missing:
        raise InvoiceDataMissing(missing=missing)
    today = business_day(business_id=business.pk, now=now)
    series = series_of(begins=policy.invoice_series, issued_on=today)
    number = next_number(business_id=business.pk, series=series)
    facts = _facts(sale, draft, business=business, policy=policy)
    facts["number"] = f"{series}-{number}"
    facts["issued_on"] = today.isoformat()
    document = render_invoice(facts)
    failpoint("checkout.invoice.printed")
    invoice = Invoice.objects.create(
        id=uuid7(),
        business=business,
        sale=sale,
        kind=draft.kind,
        corrects=draft.corrects,
        series=series,
        number=number,
        issued_on=today,
        issued_at=now,
        gross_minor=draft.parts.net + draft.parts.tax,
        net_minor=draft.parts.net,
        tax_minor=draft.parts.tax,
        currency=sale.currency,
        facts=dict(facts),
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
    )
    _tell(invoice, sale=sale, by=by, now=now)
    return invoice


def paper_language(sale: Sale) -> str:
    """Return the language of a sale's papers: the client's, or the business's."""
    return sale.client.language or sale.business.language


def _facts(sale: Sale, draft: Draft, *, business: Business, policy: SalesPolicy) -> InvoiceFacts:
    """Return all that is printed but for number and day."""
    net, tax = draft.parts.net, draft.parts.tax
    corrects = draft.corrects
    return InvoiceFacts(
        kind="credit_note" if draft.kind == InvoiceKind.CREDIT_NOTE else "invoice",
        simplified=draft.buyer is None,
        language=paper_language(sale),
        number="",
        issued_on="",
        supplied_on=sale.sold_on.isoformat(),
        currency=sale.currency,
        seller=Party(name=policy.legal_name, tax_id=policy.tax_id, address=policy.legal_address),
        buyer=draft.buyer,
        lines=[draft.line],
        taxes=[
            TaxLine(
                basis_points=sale.tax_basis_points,
                net_minor=net,
                tax_minor=tax,
                gross_minor=net + tax,
            )
        ],
        net_minor=net,
        tax_minor=tax,
        gross_minor=net + tax,
        payments=draft.payments,
        note=policy.invoice_note,
        corrects=None
        if corrects is None
        else Corrected(number=str(corrects), issued_on=corrects.issued_on.isoformat()),
        because=draft.because,
        hue=business.hue,
        vivid=business.vivid,
    )


def _tell(invoice: Invoice, *, sale: Sale, by: Actor, now: datetime) -> None:
    """Audit and record it; the caller's transaction."""
    is_note = invoice.kind == InvoiceKind.CREDIT_NOTE
    note(
        action="credit-note-issued" if is_note else "invoice-issued",
        subject=sale,
        by=by,
        now=now,
        details={"invoice": invoice.pk, "number": str(invoice), "gross_minor": invoice.gross_minor},
    )
    record(
        InvoiceIssued(
            business_id=invoice.business_id,
            sale_id=sale.pk,
            client_id=sale.client_id,
            invoice_id=invoice.pk,
        ),
        now=now,
    )
