"""Sell to a client: every choice says what it would do; saving does just that, or says what changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.checkout.actions.sell import sell as sell_it
from clientela.checkout.actions.send_sale_link import send_sale_link
from clientela.checkout.errors import PreviewChanged
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method, Sale
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.counter import Counter, counter_at, form_at, wanted_of
from clientela.web.desk.sales.dates import OTHER, day_choices
from clientela.web.desk.sales.offers import Tile, find
from clientela.web.desk.sales.refused import sentence_of
from clientela.web.desk.sales.sell_form import LINK, SaleForm
from clientela.web.desk.sales.sell_shown import shown
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told

DOOR = "desk"
WRONG, CHANGED = 422, 409


def sell(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """GET shows what a sale would do, POST sells."""
    desk = desk_of(request)
    counter = counter_at(desk, desk.client(client_id))
    form = form_at(counter, request.POST if request.method == "POST" else None, request.GET)
    if request.method != "POST":
        return _page(request, counter, form)
    if not form.is_valid():
        return _page(request, counter, form, status=WRONG)
    try:
        sale = _sell(counter, form)
    except PreviewChanged as refusal:
        return _page(request, counter, form, wrong=[sentence_of(refusal)], status=CHANGED)
    except Refusal as refusal:
        return _page(request, counter, form, wrong=[sentence_of(refusal)], status=WRONG)
    told(request, _said(counter, form, sale))
    return redirect("desk:sale", business, sale.pk)


def _sell(counter: Counter, form: SaleForm) -> Sale:
    given, desk = form.cleaned_data, counter.desk
    tile: Tile = given["what"]
    return sell_it(
        business=desk.business,
        client=counter.card,
        offer=tile.offer,
        applies_on=form.applies_on(),
        professional=given["professional"] or desk.own,  # what a professional sells is theirs
        appointment=_for(counter, form, tile),
        price_minor=given["price"],
        payment=_taken(given, tile),
        expects=given["expects"] or None,
        idempotency_key=given["key"] or None,
        door=DOOR,
        by=desk.actor,
        now=desk.now,
    )


def _for(counter: Counter, form: SaleForm, tile: Tile) -> Appointment | None:
    """The appointment that one session is sold for; a package is for whatever waits."""
    one = wanted_of(counter, str(form["appointment"].value() or ""))
    return one if one and tile.credits == 1 and one.service_id in tile.covers else None


def _taken(given: Mapping[str, Any], tile: Tile) -> Taken | None:
    """The money that came with it; none where it comes later, or where there is nothing to pay."""
    price = tile.price_minor if given["price"] is None else given["price"]
    amount = price if given["amount"] is None else given["amount"]
    if given["pay"] not in list(Method) or not amount:
        return None
    return Taken(method=Method(given["pay"]), amount_minor=amount, paid_on=given["paid_on"])


def _said(counter: Counter, form: SaleForm, sale: Sale) -> str:
    """Say that it is sold, after mailing the link where that was asked; the sale stands also if that fails."""
    if form.cleaned_data["pay"] != LINK:
        return _("Sold: %(name)s.") % {"name": sale.name}
    try:
        send_sale_link(sale=sale, by=counter.desk.actor, now=counter.desk.now)
    except Refusal as refusal:
        said = {"name": sale.name, "why": sentence_of(refusal)}
        return _("Sold: %(name)s. The link to pay was not sent: %(why)s") % said
    return _("Sold. The link to pay goes to %(address)s.") % {"address": counter.email}


def _page(
    request: DoorRequest,
    counter: Counter,
    form: SaleForm,
    *,
    wrong: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the counter with the effect of every choice; what was typed stays."""
    desk, card = counter.desk, counter.card
    value = {name: str(_value(form, name)) for name in form.fields}
    tile = find(counter.tiles, value["what"])
    days = day_choices(
        asked=value,
        pending=counter.pending,
        covers=tile.covers if tile else frozenset(),
        today=counter.today,
    )
    return desk_page(
        request,
        "desk/sales/sell.html",
        desk,
        place="sales",
        status=status,
        card=card,
        form=form,
        key=value["key"] or secrets.token_urlsafe(18),
        wrong=wrong or [],
        wanted=wanted_of(counter, value["appointment"]),
        other=next((day.on.isoformat() for day in days if day.value == OTHER and day.on), ""),
        page_url=reverse("desk:sell", args=[desk.business.slug, card.pk]),
        **shown(
            counter=counter,
            form=form,
            tile=tile,
            days=days,
            first=_for(counter, form, tile) if tile else None,
        ),
    )


def _value(form: SaleForm, name: str) -> object:
    value = form[name].value()
    return "" if value is None else value
