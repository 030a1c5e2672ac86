"""Void a sale: first what waits again and how the money goes back, then the act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.queries.void_preview import void_preview
from clientela.ledger.models import Invoice, InvoiceKind, Method, Sale
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.sale_state import ENDED
from clientela.web.desk.sales.act_page import act_page
from clientela.web.desk.sales.money_form import GiveBackForm
from clientela.web.desk.sales.refund import ways_back
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.sales.sale import sale_page
from clientela.web.desk.sales.void_effect import void_turns
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told


def void(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """GET says exactly what voiding does, POST voids."""
    desk = desk_of(request)
    sale = desk.sale(sale_id)
    if sale.state in ENDED:
        return sale_page(request, desk, sale)
    left, ways = ways_back(desk, sale)
    at_desk = [one for one in ways if one != Method.ONLINE]
    data = request.POST if request.method == "POST" else None
    form = GiveBackForm(data, methods=at_desk, most=left, currency=sale.currency, ask_amount=False)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, sale, form, left, by_itself=Method.ONLINE in ways)
    try:
        void_sale(
            sale=sale,
            because=form.cleaned_data["because"],
            refund_by=form.method(),
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, desk, sale, form, left, by_itself=Method.ONLINE in ways)
    told(request, _("The sale is void. What it redeemed waits again."))
    return redirect("desk:sale", business, sale.pk)


def _page(
    request: DoorRequest,
    desk: Desk,
    sale: Sale,
    form: GiveBackForm,
    left: int,
    *,
    by_itself: bool,
) -> HttpResponse:
    invoiced = Invoice.objects.filter(sale=sale, kind=InvoiceKind.INVOICE).exists()
    return act_page(
        request,
        desk,
        "desk/sales/void.html",
        sale=sale,
        form=form,
        left=left,
        turns=void_turns(desk, void_preview(sale=sale), client_id=sale.client_id),
        by_itself=by_itself,
        invoiced=invoiced,
    )
