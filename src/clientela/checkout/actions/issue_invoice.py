"""Issue the invoice of a sale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.db import transaction

from clientela.booking.actions.staff_only import require_business
from clientela.business.plain_text import line, note as note_text
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.actions.write_invoice import Draft, paper_language, write_invoice
from clientela.checkout.errors import BuyerIncomplete
from clientela.checkout.invoice_document import InvoiceLine, PaidLine, Party
from clientela.checkout.invoice_document.words import words_of
from clientela.ledger.errors import SaleOver
from clientela.ledger.models import Invoice, InvoiceKind, Payment, PaymentKind, Sale
from clientela.platform.actor import Actor
from clientela.rules.sale_state import ENDED, SaleState
from clientela.rules.tax import Parts, split_tax


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whom a full invoice names, with tax number and address (of several lines)."""

    name: str
    tax_id: str
    address: str

    def as_party(self) -> Party:
        """Return it as it is printed; refuses ``BuyerIncomplete`` with the field that is missing."""
        party = Party(
            name=line(self.name, limit=160),
            tax_id=line(self.tax_id, limit=40),
            address=note_text(self.address, limit=400),
        )
        for field in ("name", "tax_id", "address"):
            if not party[field]:
                raise BuyerIncomplete(field=field)
        return party


def issue_invoice(*, sale: Sale, buyer: Buyer | None = None, by: Actor, now: datetime) -> Invoice:
    """Issue the invoice of a sale, paid or not: simplified without a buyer, full with one.

    It is for what of the price was not taken back until now. A sale has one invoice: asked again, the one that
    stands is returned as it is. Refuses ``StaffOnly``, ``SaleOver`` for a void sale, ``BuyerIncomplete``, and
    ``InvoiceDataMissing`` until the business has said who it is on paper.
    """
    require_business(by)
    party = None if buyer is None else buyer.as_party()
    with transaction.atomic():
        lock_sale(sale)
        standing = invoice_of(sale)
        if standing is not None:
            return standing
        if SaleState(sale.state) in ENDED:
            raise SaleOver(state=sale.state)
        before = split_tax(sale.returned_minor, sale.tax_basis_points)
        draft = Draft(
            kind=InvoiceKind.INVOICE,
            parts=Parts(net=sale.net_minor - before.net, tax=sale.tax_minor - before.tax),
            buyer=party,
            line=line_of(sale=sale, gross_minor=sale.price_minor - sale.returned_minor),
            payments=_payments(sale),
        )
        return write_invoice(sale=sale, draft=draft, by=by, now=now)


def invoice_of(sale: Sale) -> Invoice | None:
    """Return the invoice of a sale, if one was issued."""
    return Invoice.objects.filter(sale=sale, kind=InvoiceKind.INVOICE).first()


def line_of(*, sale: Sale, gross_minor: int) -> InvoiceLine:
    """Return the one line of a sale's documents: what was sold, and on what days it counts."""
    locale = words_of(paper_language(sale))["locale"]
    days = [sale.applies_on, *([sale.valid_until] if sale.valid_until else [])]
    written = [format_date(day, "long", locale=locale) for day in days]
    detail = " – ".join(written) if sale.credits else ""
    return InvoiceLine(text=sale.name, detail=detail, quantity=1, gross_minor=gross_minor)


def _payments(sale: Sale) -> list[PaidLine]:
    """Return what was paid until now, the oldest first."""
    payments = Payment.objects.filter(sale=sale, kind=PaymentKind.PAYMENT)
    return [
        PaidLine(on=one.paid_on.isoformat(), method=one.method, amount_minor=one.amount_minor)
        for one in payments.order_by("paid_on", "recorded_at", "id")
    ]
