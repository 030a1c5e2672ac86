"""Buy a package: first what it will pay for, then the payment. The sale is made when the money has come."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.business.models import SalesPolicy
from clientela.catalogue.models import Package
from clientela.catalogue.queries.sold_packages import covered
from clientela.checkout.models import Purpose
from clientela.checkout.offer import Offer
from clientela.checkout.queries.online import online_account
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.ledger.queries.business_day import business_day
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import refusals
from clientela.web.balance.frame import own_page
from clientela.web.balance.own import package_for
from clientela.web.balance.reading import zone_of
from clientela.web.brand import brand_of
from clientela.web.states import Audience, badge_of
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.credit_words import (
    each,
    left_until,
    services_words,
    sessions,
    short_moment,
    validity_words,
)

DOOR = "client-pages"
LATE = 409


def buy(request: DoorRequest, package_id: UUID) -> HttpResponse:
    """GET shows what it gives and pays for, POST begins to pay."""
    package, card = package_for(request, package_id)
    visit = _visit(request, package, card)
    if request.method != "POST":
        return _page(request, package, card, visit)

    def refused(words: str) -> HttpResponse:
        return _page(request, package, card, visit, refused=words, status=LATE)

    try:
        client = card or card_for_account(
            business=package.business, account=request.user, by=request.actor, now=clock.now()
        )
    except Refusal as refusal:
        return refused(refusals.of(refusal))
    back = reverse("balance:business", args=[package.business.slug])
    if visit is not None:
        back = reverse("client:appointment", args=[visit.pk])
    order = Order(client=client, purpose=Purpose.PACKAGE, package=package, appointment=visit)
    return begin_payment(request, order, back_to=back, door=DOOR, by=request.actor, refused=refused)


def _visit(request: DoorRequest, package: Package, card: Client | None) -> Appointment | None:
    """The appointment that it is bought for: the person's own, and of a service that it covers."""
    asked = request.GET.get("appointment", "") or request.POST.get("appointment", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as wrong:
        raise Http404 from wrong
    mine = Appointment.objects.filter(pk=key, client=card, hidden_at__isnull=True)
    visit = shown_only(mine).first()
    if visit is None or visit.service_id not in {one.pk for one in covered(package)}:
        raise Http404
    return visit


def _page(
    request: DoorRequest,
    package: Package,
    card: Client | None,
    visit: Appointment | None,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    business = package.business
    today = business_day(business_id=business.pk, now=clock.now())
    offer = Offer.of_package(package)
    preview = (
        preview_sale(client=card, offer=offer, applies_on=today, first=visit) if card else None
    )
    zone = zone_of(request, card) if card else ""
    lines = [
        {
            "when": short_moment(line.appointment.starts_at, zone),
            "what": line.appointment.service.name,
            "before": badge_of(
                line.appointment.status,
                audience=Audience.CLIENT,
                redemption=line.appointment.redemption,
            ),
            "after": badge_of(line.appointment.status, audience=Audience.CLIENT),
        }
        for line in (preview.redeems if preview else [])
        if line.grant_is_new
    ]
    return own_page(
        request,
        "balance/buy.html",
        status=status,
        refused=refused,
        package=package,
        business=business,
        brand=brand_of(business),
        gives=f"{sessions(package.credits)}: {services_words(covered(package))}",
        validity=validity_words(package),
        each=each(package.price_minor, package.credits, business.currency),
        lines=lines,
        left=left_until(preview.left if preview else package.credits, offer.valid_until(today)),
        visit=visit,
        can_pay_online=online_account(business) is not None,
        selling=SalesPolicy.objects.filter(business=business).first() or SalesPolicy(),
    )
