"""A mailed link to pay one sale: what it is, what is still due, and one button."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.business.models import SalesPolicy
from clientela.checkout.links import sale_of_token
from clientela.checkout.models import Purpose
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.platform.actor import Actor
from clientela.rules.sale_state import ENDED, SaleState
from clientela.web.brand import brand_of
from clientela.web.design import figures
from clientela.web.states import Audience, sale_badge
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.visit import private
from clientela.web.visitor import language_of, speak

REFUSED = 409
DOOR = "payment-link"


def sale(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET shows the sale and changes nothing; POST begins to pay what is due of it."""
    found = _find(token)
    speak(request, fallback=found.client.language or language_of(found.business))
    if request.method != "POST":
        return _page(request, found)
    return begin_payment(
        request,
        Order(client=found.client, purpose=Purpose.SALE, sale=found),
        back_to=request.path,
        door=DOOR,
        by=Actor.guest(),
        refused=lambda words: _page(request, found, error=words, status=REFUSED),
    )


def _find(token: str) -> Sale:
    """The sale of a link we made, of the business in the address; anything else is not found."""
    sale_id = sale_of_token(token)
    found = (
        Sale.objects.select_related("business", "client").filter(pk=sale_id).first()
        if sale_id
        else None
    )
    if found is None or found.client.erased_at is not None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Sale, *, error: str = "", status: int = 200) -> HttpResponse:
    """Draw it: what was agreed and what is due, and nothing about the person."""
    sums = sums_of(found)
    ended = SaleState(found.state) in ENDED
    due = 0 if ended else max(sums.due, 0)
    policy = SalesPolicy.objects.filter(business=found.business_id).first() or SalesPolicy()
    context = {
        "sale": found,
        "brand": brand_of(found.business),
        "business": found.business,
        "badge": sale_badge(found.state, audience=Audience.CLIENT),
        "price": figures.price(found.price_minor, found.currency),
        "paid": figures.price(sums.kept, found.currency) if sums.kept > 0 else "",
        "due": figures.price(due, found.currency) if due else "",
        "is_over": ended,
        "can_pay": bool(due) and online_account(found.business) is not None,
        "transfer_text": policy.transfer_text if policy.takes_transfer else "",
        "error": error,
    }
    return private(render(request, "pay/sale.html", context, status=status))
