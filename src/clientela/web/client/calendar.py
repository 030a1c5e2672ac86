"""My appointments in my own calendar program: a secret address that it reads."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.actions.end_calendar_feed import end_calendar_feed
from clientela.booking.actions.renew_calendar_feed import renew_calendar_feed
from clientela.booking.queries.calendar_feed import feed_token
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import own_page
from clientela.web.visit.visit import private


def calendar(request: DoorRequest) -> HttpResponse:
    """Show the address, or offer to make one. No link to another site carries it."""
    token = feed_token(account=request.user)
    path = reverse("client:feed", args=[token]) if token else ""
    address = f"{settings.PUBLIC_URL}{path}" if token else ""
    return own_page(
        request,
        "client/calendar.html",
        current="home",
        address=address,
        webcal="webcal:" + address.partition(":")[2] if address else "",
    )


def renew_feed(request: DoorRequest) -> HttpResponse:
    """Make the address, or another one: the old one answers nobody from this moment on."""
    had = feed_token(account=request.user) is not None
    renew_calendar_feed(account=request.user, by=request.actor, now=clock.now())
    said = _("Here is the new address. The old one is dead.") if had else _("Here is your address.")
    messages.success(request, said)
    return private(redirect("client:calendar"))


def end_feed(request: DoorRequest) -> HttpResponse:
    """End the address."""
    end_calendar_feed(account=request.user, by=request.actor, now=clock.now())
    messages.success(request, _("The address is ended. Your calendar program reads nothing more."))
    return private(redirect("client:calendar"))
