"""Papers of a sale: a receipt for each payment, and its invoices as they were issued."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from clientela.business.models import SalesPolicy
from clientela.ledger.models import Invoice, Payment, PaymentKind
from clientela.ledger.queries.sale_sums import sums_of
from clientela.policy.door_request import DoorRequest
from clientela.web.balance.frame import own_page
from clientela.web.balance.own import own_sale
from clientela.web.brand import brand_of
from clientela.web.visit.credit_words import paid_how
from clientela.web.visit.visit import private


def receipt(request: DoorRequest, sale_id: UUID, payment_id: UUID) -> HttpResponse:
    """Show what was paid or given back, when and how, on a page that prints as one sheet."""
    sale = own_sale(request, sale_id)
    payment = Payment.objects.filter(sale=sale, pk=payment_id).first()
    if payment is None:
        raise Http404
    return own_page(
        request,
        "balance/receipt.html",
        sale=sale,
        payment=payment,
        is_back=payment.kind == PaymentKind.REFUND,
        how=paid_how(payment.method),
        sums=sums_of(sale),
        business=sale.business,
        brand=brand_of(sale.business),
        seller=SalesPolicy.objects.filter(business=sale.business).first() or SalesPolicy(),
    )


def invoice_file(request: DoorRequest, sale_id: UUID, invoice_id: UUID) -> HttpResponse:
    """Give the document, byte for byte as it was issued."""
    sale = own_sale(request, sale_id)
    invoice = Invoice.objects.filter(sale=sale, pk=invoice_id).first()
    if invoice is None:
        raise Http404
    response = HttpResponse(bytes(invoice.document), content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="{invoice.series}-{invoice.number}.pdf"'
    )
    return private(response)
