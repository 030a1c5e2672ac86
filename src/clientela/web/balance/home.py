"""My balance in every business: what is to be paid, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import redirect

from clientela.booking.queries.pending_redemption import pending_rows
from clientela.business.models import Business
from clientela.ledger.models import Grant, Sale
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.rules.sale_state import OUTSTANDING
from clientela.web.balance.frame import own_page
from clientela.web.balance.own import businesses_of
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.visit.visit import private

A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One business: what is still to be paid there in minor units, and how many sessions are free."""

    business: Business
    brand: Brand
    due_minor: int
    free: int


def home(request: DoorRequest) -> HttpResponse:
    """Show each business in a line; a person who is a client of one only is led to it."""
    businesses = businesses_of(request)
    if len(businesses) == 1:
        return private(redirect("balance:business", businesses[0].slug))
    return own_page(request, "balance/home.html", houses=_houses(request, businesses))


def _houses(request: DoorRequest, businesses: Iterable[Business]) -> list[House]:
    """Read all of them at once, in the person's own scope."""
    due, free = _due(request.user.pk), _free(request.user.pk, now=clock.now())
    return [
        House(business=one, brand=brand_of(one), due_minor=due[one.pk], free=free[one.pk])
        for one in businesses
    ]


def _due(account_id: UUID) -> Counter[UUID]:
    """What is to be paid, by business: unpaid sales, and appointments that wait for payment."""
    states = [state.value for state in OUTSTANDING]
    sales = dict(
        Sale.objects.filter(client__account_id=account_id, state__in=states).values_list(
            "pk", "business_id"
        )
    )
    due: Counter[UUID] = Counter()
    for key, sums in (sale_sums(sale_ids=sales) if sales else {}).items():
        due[sales[key]] += sums.due
    waiting = pending_rows().filter(client__account_id=account_id, hidden_at__isnull=True)
    for business_id, price in waiting.values_list("business_id", "price_minor"):
        due[business_id] += price
    return due


def _free(account_id: UUID, *, now: datetime) -> Counter[UUID]:
    """How many credits are free, by business; to the day, whichever zone the business keeps its books in."""
    standing = Count("redemptions", filter=Q(redemptions__released_at__isnull=True))
    open_grants = (
        Grant.objects.filter(client__account_id=account_id, closed_at__isnull=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=(now - A_DAY).date()))
        .annotate(left=F("credits") - standing)
        .values_list("business_id", "left")
    )
    free: Counter[UUID] = Counter()
    for business_id, left in open_grants:
        free[business_id] += left
    return free
