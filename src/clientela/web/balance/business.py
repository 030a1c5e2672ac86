"""My balance at one business: what is to be paid, what is left and why, what can be bought, and the papers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.models import Package
from clientela.catalogue.queries.sold_packages import covered, packages_online
from clientela.checkout.models import KeptCard
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Sale
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.client_sales import client_sales
from clientela.people.models import Client
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.balance.family import owed_by_family, sessions_of_family
from clientela.web.balance.frame import own_page
from clientela.web.balance.have import history, what_is_left
from clientela.web.balance.owed import owed_by
from clientela.web.balance.own import businesses_of, own_card
from clientela.web.balance.reading import zone_of
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, sale_badge
from clientela.web.visit.credit_words import each, services_words, sessions, validity_words

SHOWN_STEPS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A package on the shelf."""

    package: Package
    detail: str
    each: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bought:
    """A sale in the list of papers."""

    sale: Sale
    badge: Badge


def business_page(request: DoorRequest, slug: str) -> HttpResponse:
    """Show it. Looking changes nothing."""
    several = len(businesses_of(request)) > 1
    card = own_card(request, slug)
    business = card.business
    zone = zone_of(request, card)
    can_pay_online = online_account(business) is not None
    steps = history(card=card, zone=zone)
    return own_page(
        request,
        "balance/business.html",
        business=business,
        brand=brand_of(business),
        zone=zone,
        several=several,
        owed=owed_by(card, zone=zone),
        owed_by_family=owed_by_family(card),
        family_sessions=sessions_of_family(card, zone=zone),
        have=what_is_left(card=card, today=business_day(business_id=business.pk, now=clock.now())),
        steps=steps if request.GET.get("history") == "all" else steps[:SHOWN_STEPS],
        step_count=len(steps),
        offered=shelf(business) if can_pay_online else [],
        can_pay_online=can_pay_online,
        selling=SalesPolicy.objects.filter(business=business).first() or SalesPolicy(),
        bought=_bought(card),
        kept=KeptCard.objects.filter(client=card, removed_at__isnull=True).first(),
    )


def shelf(business: Business) -> list[Offered]:
    """What a client may buy alone, in the owner's order."""
    return [
        Offered(
            package=one,
            detail=" · ".join(
                (
                    f"{sessions(one.credits)}: {services_words(covered(one))}",
                    validity_words(one),
                )
            ),
            each=each(one.price_minor, one.credits, business.currency),
            url=reverse("balance:buy", args=[one.pk]),
        )
        for one in packages_online(business=business, is_client=True)
    ]


def _bought(card: Client) -> list[Bought]:
    """What was sold to the client, newest first."""
    return [
        Bought(sale=one, badge=sale_badge(one.state, audience=Audience.CLIENT))
        for one in client_sales(client_id=card.pk, as_client=True)
    ]
