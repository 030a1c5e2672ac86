"""My balance in every business: what is to be paid, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from clientela.business.models import Business
from clientela.checkout.queries.own_money import OwnMoney, own_money
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.balance.frame import own_page
from clientela.web.balance.own import businesses_of
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.visit.visit import private

_NOTHING = OwnMoney(due_minor=0, free=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One business, and the person's money there."""

    business: Business
    brand: Brand
    money: OwnMoney


def home(request: DoorRequest) -> HttpResponse:
    """Show each business in a line; a person who is a client of one only is led to it."""
    businesses = businesses_of(request)
    if len(businesses) == 1:
        return private(redirect("balance:business", businesses[0].slug))
    money = own_money(account_id=request.user.pk, now=clock.now())
    houses = [
        House(business=one, brand=brand_of(one), money=money.get(one.pk, _NOTHING))
        for one in businesses
    ]
    return own_page(request, "balance/home.html", houses=houses)
