"""Issue a sale's invoice, and give out the papers that were issued, byte by byte as they were."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from clientela.checkout.actions.issue_invoice import Buyer, issue_invoice
from clientela.ledger.models import Invoice, Sale
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.sales.act_page import act_page
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told


class BuyerForm(forms.Form):
    """Who the invoice is for. All of it, or nothing: a simplified invoice names no buyer."""

    name = forms.CharField(label=gettext_lazy("Name or company"), max_length=160, required=False)
    tax_id = forms.CharField(label=gettext_lazy("Tax number"), max_length=40, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, object]:
        """Half a buyer is none."""
        given = super().clean() or {}
        if any(given.values()):
            for name in self.fields:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("A full invoice needs this too."))
        return given

    def buyer(self) -> Buyer | None:
        """Return the buyer, if one was written."""
        return Buyer(**self.cleaned_data) if any(self.cleaned_data.values()) else None


def invoice(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """GET asks whom it is for, POST issues it."""
    desk = desk_of(request)
    sale = desk.sale(sale_id)
    form = BuyerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, sale, form)
    try:
        issued = issue_invoice(sale=sale, buyer=form.buyer(), by=desk.actor, now=desk.now)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, desk, sale, form, missing=refusal.reason == "invoice-data-missing")
    told(request, _("Invoice %(number)s is issued.") % {"number": issued})
    return redirect("desk:sale", business, sale.pk)


def invoice_file(
    request: DoorRequest, business: str, sale_id: UUID, invoice_id: UUID
) -> HttpResponse:
    """Return the PDF as it was issued."""
    desk = desk_of(request)
    paper = Invoice.objects.filter(sale=desk.sale(sale_id), pk=invoice_id).first()
    if paper is None:
        raise Http404
    response = HttpResponse(bytes(paper.document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{paper}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


def _page(
    request: DoorRequest, desk: Desk, sale: Sale, form: BuyerForm, *, missing: bool = False
) -> HttpResponse:
    return act_page(
        request,
        desk,
        "desk/sales/invoice.html",
        sale=sale,
        form=form,
        missing=missing,
    )
