"""Give back a part of what was paid, or all of it; the credits stay."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.queries.money_left import money_left
from clientela.ledger.models import Method, Sale
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.sale_state import ENDED
from clientela.web.design.figures import money
from clientela.web.desk.sales.act_page import act_page
from clientela.web.desk.sales.money_form import GiveBackForm
from clientela.web.desk.sales.pay import methods_of
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.sales.sale import sale_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told


def refund(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """GET asks how much and how, POST gives it back."""
    desk = desk_of(request)
    sale = desk.sale(sale_id)
    left, ways = ways_back(desk, sale)
    if not left or sale.state in ENDED:
        return sale_page(request, desk, sale)
    data = request.POST if request.method == "POST" else None
    form = GiveBackForm(data, methods=ways, most=left, currency=sale.currency)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, sale, form, left)
    try:
        refund_sale(
            sale=sale,
            amount_minor=form.cleaned_data["amount"],
            method=form.method(),
            because=form.cleaned_data["because"],
            idempotency_key=request.POST.get("key", "")[:64] or None,
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, desk, sale, form, left)
    told(request, _said(form, sale))
    return redirect("desk:sale", business, sale.pk)


def ways_back(desk: Desk, sale: Sale) -> tuple[int, list[str]]:
    """Return how much can be given back, in minor units, and how: as it was paid first.

    Online money goes back the way it came; what was paid at the desk, by any way of the desk.
    """
    paid = money_left(sale)
    came = list(dict.fromkeys(one.method for one in paid))
    at_desk = any(method != Method.ONLINE for method in came)
    others = [one for one in methods_of(desk) if one not in came] if at_desk else []
    return sum(paid.values()), [*came, *others]


def _said(form: GiveBackForm, sale: Sale) -> str:
    amount = money(form.cleaned_data["amount"], sale.currency)
    if form.method() == Method.ONLINE:
        return _("%(amount)s is on its way back to the client.") % {"amount": amount}
    return _("Given back: %(amount)s.") % {"amount": amount}


def _page(
    request: DoorRequest, desk: Desk, sale: Sale, form: GiveBackForm, left: int
) -> HttpResponse:
    return act_page(
        request,
        desk,
        "desk/sales/refund.html",
        sale=sale,
        form=form,
        left=left,
        key=request.POST.get("key") or secrets.token_urlsafe(18),
    )
