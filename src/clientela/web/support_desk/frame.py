"""The frame around every page of the support's desk: what waits, and where one can go."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.support.queries.requests import waiting
from clientela.support.queries.threads import unread_threads
from clientela.web.design.shapes import Brand, Link
from clientela.web.visitor import device_zone, speak

Place = Literal["requests", "threads"]
LAST_RESORT = "UTC"


def support_page(
    request: DoorRequest,
    template: str,
    *,
    place: Place,
    status: int = 200,
    **context: Any,  # noqa: ANN401 -- what the template is given
) -> HttpResponse:
    """Draw a page of the support's desk. It is for this reader only: nobody on the way may keep it."""
    speak(request, fallback=request.user.language or settings.LANGUAGE_CODE)
    given = {
        "brand": Brand(name=_("Support"), line="Clientela", url=reverse("support:requests")),
        "nav": _places(place),
        "account_menu": _own(request),
        "zone": zone_of(request),
        "now": clock.now(),
        "support_url": "",  # who answers does not write to themselves
        **context,
    }
    response = render(request, template, given, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def zone_of(request: DoorRequest) -> str:
    """The zone in which this reader's times are printed."""
    return device_zone(request) or request.user.zone or LAST_RESORT


def _places(place: Place) -> list[Link]:
    """Both places, with what waits there for the support."""
    asked, unread = waiting().for_support, unread_threads()
    return [
        Link(
            label=_("Requests"),
            url=reverse("support:requests"),
            icon="inbox",
            current=place == "requests",
            count=asked,
            warns=bool(asked),
        ),
        Link(
            label=_("Conversations"),
            url=reverse("support:threads"),
            icon="message-square",
            current=place == "threads",
            count=unread,
            warns=bool(unread),
        ),
    ]


def _own(request: DoorRequest) -> list[Link]:
    links = [
        Link(label=_("Help"), url=reverse("help:index"), icon="message-circle-question-mark"),
        Link(label=_("Security"), url=reverse("security"), icon="lock"),
        Link(label=_("Sign out"), url=reverse("account_logout"), icon="log-out"),
    ]
    if request.user.is_operator:
        operator = Link(label=_("Operator"), url=reverse("operator:home"), icon="activity")
        return [operator, *links]
    return links
