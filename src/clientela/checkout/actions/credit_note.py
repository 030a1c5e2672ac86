"""The credit note that takes back an invoice, or a part of it, in the transaction of the act that does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum

from clientela.checkout.actions.give_money_back import Returned
from clientela.checkout.actions.issue_invoice import invoice_of, line_of
from clientela.checkout.actions.write_invoice import Draft, write_invoice
from clientela.checkout.invoice_document import PaidLine
from clientela.ledger.models import Invoice, InvoiceKind, Sale
from clientela.platform.actor import Actor
from clientela.rules.tax import Parts


def credit_part(
    *,
    sale: Sale,
    parts: Parts,
    because: str,
    returned: Sequence[Returned],
    by: Actor,
    now: datetime,
) -> Invoice | None:
    """Issue the credit note of a part of the price; none of a sale that was not invoiced.

    ``parts`` are the net and the tax that ``return_price`` took back, so that paper and ledger say the same.
    """
    invoice = invoice_of(sale)
    if invoice is None or not parts.net + parts.tax:
        return None
    draft = Draft(
        kind=InvoiceKind.CREDIT_NOTE,
        parts=parts,
        buyer=invoice.facts["buyer"],
        line=line_of(sale=sale, gross_minor=parts.net + parts.tax),
        payments=[
            PaidLine(on=one.on.isoformat(), method=one.method, amount_minor=one.amount_minor)
            for one in returned
        ],
        corrects=invoice,
        because=because,
    )
    return write_invoice(sale=sale, draft=draft, by=by, now=now)


def credit_rest(
    *, sale: Sale, because: str, returned: Sequence[Returned], by: Actor, now: datetime
) -> Invoice | None:
    """Issue the credit note of all that is left of the invoice; none where there is none, or nothing left."""
    invoice = invoice_of(sale)
    if invoice is None:
        return None
    before = Invoice.objects.filter(corrects=invoice).aggregate(
        net=Sum("net_minor"), tax=Sum("tax_minor")
    )
    rest = Parts(
        net=invoice.net_minor - (before["net"] or 0), tax=invoice.tax_minor - (before["tax"] or 0)
    )
    return credit_part(sale=sale, parts=rest, because=because, returned=returned, by=by, now=now)
