"""Asking to be told when a time frees up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from clientela.booking.actions.join_waiting_list import Wish, join_waiting_list
from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.rules.clock_time import local_date
from clientela.rules.waiting import LONGEST_DAYS
from clientela.web import refusals
from clientela.web.account_door import account_door
from clientela.web.booking_page.offering import Offering, offering, policy_of
from clientela.web.booking_page.person import Person, person_of
from clientela.web.booking_page.waiting.limits import limit_joining
from clientela.web.booking_page.waiting.wait_form import WaitForm
from clientela.web.brand import brand_of
from clientela.web.picker.asked import Asked
from clientela.web.visitor import business_of, device_zone, language_of, reading, speak

WRONG, TOO_MANY = 422, 429


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Where the visitor stands: what they would be told of, who they are, and the date at the place."""

    business: Business
    policy: BookingPolicy
    asked: Asked
    person: Person | None
    offer: Offering
    now: datetime

    @property
    def today(self) -> date:
        """The date at the place, where there is one."""
        place = self.offer.location
        return local_date(self.now, place.zone if place else "UTC")

    @property
    def must_sign_in(self) -> bool:
        """Whether only people with an account may wait, as they alone may book."""
        return self.policy.client_login == ClientLogin.REQUIRED and self.person is None

    @property
    def first_day(self) -> date:
        """The day they looked at, if somebody may still wait for it; else today."""
        day = self.asked.day or self.today
        last = self.today + timedelta(days=LONGEST_DAYS)
        return day if self.today <= day <= last else self.today


def waiting(request: HttpRequest, business: str) -> HttpResponse:
    """GET asks for the days; POST puts the visitor on the list and leads to what happens now."""
    speak(request, fallback=language_of(business_of(request)))
    stand = _stand(request)
    if not stand.offer.is_open:
        return redirect("booking_page:business", business)
    form = _form(request, stand)
    if request.method != "POST" or stand.must_sign_in:
        return _drawn(request, stand, form)
    status = _join(request, stand, form) if form.is_valid() else WRONG
    if status:
        return _drawn(request, stand, form, status=status)
    return redirect("booking_page:waiting-joined", business)


def joined(request: HttpRequest, business: str) -> HttpResponse:
    """Say what happens now: the same to everybody, whatever is kept for the address that was typed."""
    found = business_of(request)
    speak(request, fallback=language_of(found))
    policy = policy_of(found)
    page_url = reverse("booking_page:business", args=[business])
    context = {
        "business": found,
        "brand": brand_of(found),
        "page_url": page_url,
        **account_door(login=ClientLogin(policy.client_login), back=page_url),
    }
    return render(request, "booking_page/waiting/joined.html", context)


def _stand(request: HttpRequest) -> Stand:
    business = business_of(request)
    policy = policy_of(business)
    asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    person = person_of(request, business=business, policy=policy)
    card = person.card if person else None
    return Stand(
        business=business,
        policy=policy,
        asked=asked,
        person=person,
        offer=offering(business=business, policy=policy, asked=asked, client=card),
        now=clock.now(),
    )


def _form(request: HttpRequest, stand: Stand) -> WaitForm:
    return WaitForm(
        request.POST if request.method == "POST" else None,
        policy=stand.policy,
        country=stand.offer.location.country if stand.offer.location else "",
        person=stand.person,
        today=stand.today,
        first_day=stand.first_day,
    )


def _join(request: HttpRequest, stand: Stand, form: WaitForm) -> int:
    """Let them wait; else say in the form why not, and return the status of the answer."""
    account = stand.person.account if stand.person else None
    language = (get_language() or "en").split("-")[0]
    try:
        limit_joining(request, business=stand.business, now=stand.now)
        join_waiting_list(
            wish=_wish(request, stand, form, language),
            client=None if account else form.guest(language=language),
            account=account,
            by=Actor.client(account.pk) if account else Actor.guest(),
            now=stand.now,
        )
    except Refusal as refusal:
        where = refusal.field if refusal.field in form.fields else None
        form.add_error(where, refusals.of(refusal))
        return TOO_MANY if refusal.reason == "too-many-requests" else WRONG
    return 0


def _wish(request: HttpRequest, stand: Stand, form: WaitForm, language: str) -> Wish:
    offer = stand.offer
    assert offer.service is not None  # noqa: S101 -- an open offer has one
    assert offer.location is not None  # noqa: S101 -- likewise
    read = reading(
        policy=stand.policy,
        location_zone=offer.location.zone,
        chosen=stand.asked.zone,
        profile=stand.person.zone if stand.person else "",
        device=device_zone(request),
    )
    return Wish(
        business=stand.business,
        service=offer.service,
        location=offer.location,
        professional=None if offer.anyone else offer.professional,
        language=language,
        zone=read.zone if read.may_choose else "",
        **form.wished(),
    )


def _drawn(
    request: HttpRequest, stand: Stand, form: WaitForm, *, status: int = 200
) -> HttpResponse:
    offer, slug = stand.offer, stand.business.slug
    back = f"{reverse('booking_page:business', args=[slug])}?{stand.asked.query()}"
    here = f"{reverse('booking_page:waiting', args=[slug])}?{stand.asked.query()}"
    context: dict[str, Any] = {
        "business": stand.business,
        "brand": brand_of(stand.business, location=offer.location),
        "offer": offer,
        "person": stand.person,
        "must_sign_in": stand.must_sign_in,
        "form": form,
        "now": stand.now,
        "given": stand.asked.with_(day=None).pairs(),
        "back": back,
        "email_check_url": reverse("booking_page:email-check", args=[slug]),
        **account_door(login=ClientLogin(stand.policy.client_login), back=here),
    }
    response = render(request, "booking_page/waiting/join.html", context, status=status)
    if stand.person:
        response["Cache-Control"] = "no-store, private"
    return response
