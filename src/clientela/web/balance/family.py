"""Paying for somebody of one's household who allows it: what is due of theirs, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.booking.queries.family_to_settle import FamilyVisit, family_to_settle
from clientela.checkout.models import Purpose
from clientela.checkout.queries.family_dues import family_dues, family_sale
from clientela.people.models import Client
from clientela.people.queries.own_name import own_name
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of, sale_badge
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.credit_words import short_moment
from clientela.web.visit.lent import Lender, lenders_of
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


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilySession:
    """An appointment of theirs that waits for payment, and whose session could pay for it; or whose does (``lender``).

    ``what`` is blank unless they let the reader see it. ``is_readers``: the lender is the reader, whose card is
    ``reader_id``.
    """

    appointment_id: UUID
    name: str
    when: str
    what: str
    lenders: Sequence[Lender]
    lender: str
    is_readers: bool
    reader_id: UUID
    badge: Badge


def sessions_of_family(card: Client, *, zone: str) -> list[FamilySession]:
    """Return those of the household for which a lent session is there or in use; no query for who is in none."""
    if card.account_id is None or not getattr(card, "has_family", False):
        return []
    found = family_to_settle(
        account_id=card.account_id, business_id=card.business_id, now=clock.now()
    )
    rows = (_session(one, card, zone=zone) for one in found)
    return [row for row in rows if row.lender or row.lenders]


def _session(one: FamilyVisit, card: Client, *, zone: str) -> FamilySession:
    visit, account_id = one.appointment, card.account_id
    assert account_id is not None  # noqa: S101 -- whoever reads it is signed in
    return FamilySession(
        appointment_id=visit.pk,
        name=own_name(visit.client),
        when=short_moment(visit.starts_at, zone) if one.may_see else "",
        what=visit.service.name if one.may_see else "",
        lenders=() if one.lender else lenders_of(visit, account_id=account_id),
        lender=own_name(one.lender) if one.lender else "",
        is_readers=one.lender == card,
        reader_id=card.pk,
        badge=badge_of(visit.status, audience=Audience.CLIENT, redemption=visit.redemption),
    )


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
