"""The frame around the operator's pages: where one can go. For the operator's eyes only."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.web.design.shapes import Brand, Link
from clientela.web.visitor import device_zone

Place = Literal["health", "agents"]


def operator_page(
    request: HttpRequest,
    template: str,
    *,
    place: Place,
    status: int = 200,
    **context: Any,  # noqa: ANN401 -- what the template is given
) -> HttpResponse:
    """Draw a page of the operator's; nothing on the way may keep it."""
    given = {
        "zone": device_zone(request) or "UTC",
        "brand": Brand(name=_("Operator"), line="Clientela", url=reverse("operator:home")),
        "nav": _places(place),
        "account_menu": [Link(label=_("Sign out"), url=reverse("account_logout"), icon="log-out")],
        **context,
    }
    response = render(request, template, given, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _places(place: Place) -> list[Link]:
    places = [
        Link(
            label=_("Health"),
            url=reverse("operator:home"),
            icon="activity",
            current=place == "health",
        ),
        Link(
            label=_("Support agents"),
            url=reverse("operator:agents"),
            icon="users",
            current=place == "agents",
        ),
        Link(label=_("Support"), url=reverse("support:requests"), icon="inbox"),
    ]
    if settings.DEMO:
        places += [
            Link(label=_("Mail simulator"), url=reverse("simulator:home"), icon="mail"),
            Link(label=_("Parts"), url=reverse("operator:design"), icon="palette"),
        ]
    return places
