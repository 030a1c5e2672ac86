"""Pay for an appointment: first the ways there are and what each does, then the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.booking.queries.pending_redemption import wanted_for
from clientela.business.models import SalesPolicy
from clientela.checkout.queries.package_ways import PackageWay, package_ways
from clientela.ledger.queries.business_day import business_day
from clientela.web.design import figures
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.credit_words import (
    each,
    left_until,
    pays_for,
    services_words,
    sessions,
)
from clientela.web.visit.day_hours import day_hours
from clientela.web.visit.dues import Dues, dues_of
from clientela.web.visit.lent import lenders_for
from clientela.web.visit.visit import Find, Visit, answer, private


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A package that would pay for it: what it costs, and its effect in one line each."""

    title: str
    detail: str
    price: str
    each: str
    effects: Sequence[str]
    url: str


def pay_visit(request: HttpRequest, find: Find) -> HttpResponse:
    """GET shows how it can be paid, POST begins to pay online. What is paid already leads to its own page."""
    visit = find()
    dues = dues_of(visit)
    if dues is None or not (dues.minor or dues.is_waiting):
        return private(redirect(visit.door.home))
    if request.method != "POST" or not (dues.can_pay_online and dues.minor):
        return _page(request, visit, dues)
    one = visit.appointment
    return begin_payment(
        request,
        Order(
            client=one.client,
            purpose=dues.purpose,
            sale=dues.sale,
            service=None if dues.sale else one.service,
            appointment=None if dues.sale else one,
        ),
        back_to=visit.door.home,
        door=visit.door.name,
        by=visit.door.by,
        refused=lambda words: _page(request, find(), dues, refused=words, status=409),
    )


def _page(
    request: HttpRequest, visit: Visit, dues: Dues, *, refused: str = "", status: int = 200
) -> HttpResponse:
    business = visit.appointment.business
    return answer(
        request,
        "visit/pay.html",
        visit,
        status=status,
        refused=refused,
        dues=dues,
        hours=day_hours(visit),
        lenders=lenders_for(request, visit),
        packages=_packages(visit) if dues.is_waiting and dues.can_pay_online else [],
        selling=SalesPolicy.objects.filter(business=business).first() or SalesPolicy(),
    )


def _packages(visit: Visit) -> list[Tile]:
    """Packages that would pay for it, for who is signed in; a link's holder pays for this one, a child has no packages."""
    one = visit.appointment
    if not visit.door.list or visit.ward:
        return []
    ways = package_ways(
        business=one.business,
        client=one.client,
        today=business_day(business_id=one.business_id, now=visit.now),
        service=one.service,
        first=wanted_for(one),
    )
    return [_tile(way, visit) for way in ways]


def _tile(way: PackageWay, visit: Visit) -> Tile:
    package, currency = way.package, visit.appointment.currency
    query = urlencode({"appointment": visit.appointment.pk})
    return Tile(
        title=package.name,
        detail=f"{sessions(package.credits)}: {services_words(way.services)}",
        price=figures.price(package.price_minor, currency),
        each=each(package.price_minor, package.credits, currency),
        effects=[
            *(pays_for(one.starts_at, visit.reading.zone) for one in way.pays_for),
            left_until(way.left, way.valid_until),
        ],
        url=f"{reverse('balance:buy', args=[package.pk])}?{query}",
    )
