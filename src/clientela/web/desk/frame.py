"""The frame around every page of the desk: whose it is, where one can go, and the zone times are read in."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, Status
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Brand, Link
from clientela.web.desk.staff import Desk
from clientela.web.visitor import language_of, speak

Place = Literal["calendar", "clients", "settings", ""]


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
    """The places of the desk. The calendar counts the requests that wait for an answer."""
    slug = desk.business.slug
    waiting = _waiting(desk)
    links = [
        Link(
            label=_("Calendar"),
            url=reverse("desk:calendar", args=[slug]),
            icon="calendar-days",
            current=place == "calendar",
            count=waiting,
            warns=bool(waiting),
        ),
        Link(
            label=_("Clients"),
            url=reverse("desk:clients", args=[slug]),
            icon="users",
            current=place == "clients",
        ),
    ]
    with suppress(NoReverseMatch):
        links.append(
            Link(
                label=_("Settings"),
                url=reverse("desk:settings", args=[slug]),
                icon="settings",
                current=place == "settings",
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
        Link(label=_("Security"), url=reverse("security"), icon="lock"),
        Link(label=_("Sign out"), url=reverse("account_logout"), icon="log-out"),
    ]


def _waiting(desk: Desk) -> int:
    rows = Appointment.objects.filter(
        business=desk.business, status=Status.REQUESTED, starts_at__gt=desk.now
    )
    return (rows if desk.sees_all else rows.filter(professional=desk.own)).count()
