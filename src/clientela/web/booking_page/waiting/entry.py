"""What somebody waits for, by their secret link: what they were told, and the way off the list."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from clientela.booking.actions.leave_waiting_list import leave_waiting_list
from clientela.booking.models import OfferState, WaitingEntry, WaitState
from clientela.booking.waiting_links import entry_by_token, offer_path
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.policy.door_request import DoorRequest
from clientela.rules.zone_choice import zone_for_client
from clientela.web.booking_page.offering import policy_of
from clientela.web.brand import brand_of
from clientela.web.visitor import language_of, speak, zone_mode
from clientela.web.waiting.hours import hours_words


def entry(request: DoorRequest, business: str, token: str) -> HttpResponse:
    """GET shows the entry and changes nothing; POST leaves the list."""
    found = entry_by_token(token)
    if found is None:
        raise Http404
    speak(request, fallback=found.language or language_of(request.business))
    if request.method == "POST":
        leave_waiting_list(entry=found, by=Actor.guest(), now=clock.now())
        return redirect("booking_page:waiting-entry", business, token)
    zone = zone_for_client(
        mode=zone_mode(policy_of(request.business)),
        location_zone=found.location.zone,
        booking_zone=found.zone,
        profile_zone=found.client.zone,
    )
    context = {
        "business": request.business,
        "brand": brand_of(request.business, location=found.location),
        "entry": found,
        "is_waiting": found.state == WaitState.WAITING,
        "hours": hours_words(found.from_minute, found.until_minute),
        "zone": zone,
        "told": _told(found),
    }
    response = render(request, "booking_page/waiting/entry.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _told(found: WaitingEntry) -> list[dict[str, object]]:
    """The times they were told of that are still ahead, each with where it is booked; nobody knows here who has it."""
    ahead = found.offers.filter(state=OfferState.TOLD, starts_at__gt=clock.now())
    rows = ahead.select_related("entry__business", "professional__resource").order_by("starts_at")
    return [{"offer": one, "url": offer_path(one)} for one in rows]
