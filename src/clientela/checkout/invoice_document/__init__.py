"""The paper of an invoice or credit note: its facts in, its PDF out, the same bytes for the same facts."""

from clientela.checkout.invoice_document.facts import (
    Corrected,
    InvoiceFacts,
    InvoiceLine,
    PaidLine,
    Party,
    TaxLine,
)
from clientela.checkout.invoice_document.render import render_invoice

__all__ = [
    "Corrected",
    "InvoiceFacts",
    "InvoiceLine",
    "PaidLine",
    "Party",
    "TaxLine",
    "render_invoice",
]
