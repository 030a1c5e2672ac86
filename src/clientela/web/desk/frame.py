"""The frame around every page of the desk: whose it is, where one can go, and the zone times are read in."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Brand, Link
from clientela.web.desk.staff import Desk
from clientela.web.desk.waiting import waiting_at
from clientela.web.visitor import language_of, speak

Place = Literal["calendar", "clients", "messages", "sales", "reports", "payouts", "settings", ""]


def desk_page(
    request: DoorRequest,
    template: str,
    desk: Desk,
    *,
    place: Place,
    status: int = 200,
    **context: Any,  # noqa: ANN401 -- what the template is given
) -> HttpResponse:
    """Draw a page of the desk. It is for this reader only: nobody on the way may keep it."""
    speak(request, fallback=language_of(desk.business))
    given = {
        "business": desk.business,
        "desk": desk,
        "brand": brand(desk),
        "nav": navigation(desk, place=place),
        "account_menu": account_menu(desk),
        "zone": desk.zone,
        "now": desk.now,
        **context,
    }
    response = render(request, template, given, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def brand(desk: Desk) -> Brand:
    """The business's name in the side bar; the desk always wears Clientela's own colour."""
    place = desk.locations[0] if desk.locations else None
    return Brand(
        name=desk.business.name,
        line=(place.city or place.name) if place else "",
        url=reverse("desk:calendar", args=[desk.business.slug]),
    )


def navigation(desk: Desk, *, place: Place) -> list[Link]:
    """The places of the desk, with what waits in them: requests for an answer, unread texts, what is to be settled."""
    waiting = waiting_at(desk)
    named: list[tuple[Place, str, str, str, int]] = [
        ("calendar", _("Calendar"), "desk:calendar", "calendar-days", waiting.requests),
        ("clients", _("Clients"), "desk:clients", "users", 0),
        ("messages", _("Messages"), "desk:messages", "message-square", waiting.unread),
        ("sales", _("Sales"), "desk:sales", "receipt", waiting.to_settle),
        ("reports", _("Reports"), "desk:reports", "chart-column", 0),
        ("payouts", _("Payouts"), "desk:payouts", "hand-coins", 0),
        ("settings", _("Settings"), "desk:settings", "settings", 0),
    ]
    links = []
    for one, label, route, icon, count in named:
        if one == ("payouts" if desk.sees_all else "reports"):
            continue  # the owner's way to the payouts is among the reports; a professional's own stands here
        with suppress(NoReverseMatch):
            url = reverse(route, args=[desk.business.slug])
            links.append(
                Link(
                    label=label,
                    url=url,
                    icon=icon,
                    current=place == one,
                    count=count,
                    warns=bool(count),
                )
            )
    return links


def account_menu(desk: Desk) -> list[Link]:
    """What is the person's own, and the way to what clients see."""
    return [
        Link(
            label=_("Booking page"),
            url=reverse("booking_page:business", args=[desk.business.slug]),
            icon="external-link",
        ),
        Link(label=_("Help"), url=reverse("help:index"), icon="message-circle-question-mark"),
        Link(label=_("Security"), url=reverse("security"), icon="lock"),
        Link(label=_("Sign out"), url=reverse("account_logout"), icon="log-out"),
    ]
