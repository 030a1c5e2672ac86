"""Paying for somebody of one's household who allows it: what is due of theirs, and the button."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.checkout.models import Purpose
from clientela.checkout.queries.family_dues import family_dues, family_sale
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, sale_badge
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.visit import private

DOOR = "client-pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyOwed:
    """Whose it is, what it is, how much is due and how it stands; nothing else of it."""

    name: str
    what: str
    due_minor: int
    currency: str
    badge: Badge
    pay_url: str


def owed_by_family(card: Client) -> list[FamilyOwed]:
    """Return what the person of this card may pay for others here; no query for who is in no household."""
    if card.account_id is None or not getattr(card, "has_family", False):
        return []
    return [
        FamilyOwed(
            name=one.sale.client.record_name,
            what=one.sale.name,
            due_minor=one.minor,
            currency=one.sale.currency,
            badge=sale_badge(one.sale.state, audience=Audience.CLIENT),
            pay_url=reverse("balance:pay-for-family", args=[one.sale.pk]),
        )
        for one in family_dues(account_id=card.account_id, business_id=card.business_id)
        if one.minor > 0
    ]


def pay_for_family(request: DoorRequest, sale_id: UUID) -> HttpResponse:
    """Lead to the page where what is missing of somebody's sale is paid; 404 unless they let this person, now.

    The sale, its receipt and its invoice stay theirs.
    """
    sale = family_sale(account_id=request.user.pk, sale_id=sale_id)
    if sale is None:
        raise Http404
    request.scopes.enter_context(business_scope(sale.business_id))
    page = reverse("balance:business", args=[sale.business.slug])

    def refused(words: str) -> HttpResponse:
        messages.error(request, words)
        return private(redirect(page))

    order = Order(purpose=Purpose.SALE, client=sale.client, sale=sale)
    return begin_payment(request, order, back_to=page, door=DOOR, by=request.actor, refused=refused)
