"""Take payment for a sale: all of it, or a part."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.business.models import SalesPolicy
from clientela.checkout.actions.take_payment import take_payment
from clientela.ledger.models import Method, Payment, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.sale_sums import sums_of
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.figures import money
from clientela.web.desk.sales.act_page import act_page
from clientela.web.desk.sales.money_form import PayForm
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.sales.sale import sale_page
from clientela.web.desk.sales.sale_shown import due_of
from clientela.web.desk.sales.sell_form import LATER, LINK, ways_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told


def pay(request: DoorRequest, business: str, sale_id: UUID) -> HttpResponse:
    """GET asks how and how much, POST takes it. Where nothing is due, the sale's page says how it stands."""
    desk = desk_of(request)
    sale = desk.sale(sale_id)
    due = due_of(sale, sums_of(sale))
    if not due:
        return sale_page(request, desk, sale)
    form = _form(desk, sale, due, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, sale, form, due)
    try:
        taken = _take(desk, sale, form, key=request.POST.get("key", "")[:64])
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, desk, sale, form, due)
    amount = money(taken.amount_minor, taken.currency)
    told(request, _("Taken: %(amount)s.") % {"amount": amount})
    return redirect("desk:sale", business, sale.pk)


def _take(desk: Desk, sale: Sale, form: PayForm, *, key: str) -> Payment:
    given = form.cleaned_data
    return take_payment(
        sale=sale,
        method=Method(given["method"]),
        amount_minor=given["amount"],
        paid_on=given["paid_on"],
        note=given["note"],
        idempotency_key=key or None,
        by=desk.actor,
        now=desk.now,
    )


def methods_of(desk: Desk) -> list[str]:
    """Return the ways in which the business takes money at the desk."""
    policy = SalesPolicy.objects.filter(business=desk.business).first()
    return [one for one in ways_of(policy, link=False) if one not in {LATER, LINK}]


def _form(desk: Desk, sale: Sale, due: int, data: object) -> PayForm:
    return PayForm(
        data,
        methods=methods_of(desk),
        due=due,
        currency=sale.currency,
        today=business_day(business_id=desk.business.pk, now=desk.now),
    )


def _page(request: DoorRequest, desk: Desk, sale: Sale, form: PayForm, due: int) -> HttpResponse:
    return act_page(
        request,
        desk,
        "desk/sales/pay.html",
        sale=sale,
        form=form,
        due=due,
        key=request.POST.get("key") or secrets.token_urlsafe(18),
    )
