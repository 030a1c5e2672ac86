"""My balance in every business: what is to be paid, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from clientela.business.models import Business
from clientela.checkout.queries.family_dues import family_waits
from clientela.checkout.queries.own_money import OwnMoney, own_money
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.balance.frame import own_page
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.visit.visit import private

_NOTHING = OwnMoney(due_minor=0, free=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One business, the person's money there, and whether something of their family waits that they may pay."""

    business: Business
    brand: Brand
    money: OwnMoney
    family_waits: bool


def home(request: DoorRequest) -> HttpResponse:
    """Show each business in a line; a person who is a client of one only is led to it."""
    cards = own_cards(account_id=request.user.pk)
    if len(cards) == 1:
        return private(redirect("balance:business", cards[0].business.slug))
    money = own_money(account_id=request.user.pk, now=clock.now())
    has_family = any(getattr(card, "has_family", False) for card in cards)
    family = family_waits(account_id=request.user.pk) if has_family else frozenset()
    houses = [
        House(
            business=one,
            brand=brand_of(one),
            money=money.get(one.pk, _NOTHING),
            family_waits=one.pk in family,
        )
        for one in (card.business for card in cards)
    ]
    return own_page(request, "balance/home.html", houses=houses)
