"""The operator's page: is this installation well, and what waits for a decision."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.platform import clock
from clientela.support.queries.feedback import comments, helped
from clientela.web.design.shapes import Brand, Link
from clientela.web.help.articles import BY_NAME
from clientela.web.operator.health import health
from clientela.web.visitor import device_zone

COMMENTS: Final = 10


def home(request: HttpRequest) -> HttpResponse:
    """Findings, worst first; then what waits. For the operator's eyes only: nothing on the way may keep it."""
    now = clock.now()
    context = {
        "health": health(now=now),
        "helped": [(BY_NAME[one.article], one) for one in helped() if one.article in BY_NAME],
        "comments": comments(most=COMMENTS),
        "now": now,
        "zone": device_zone(request) or "UTC",
        "brand": Brand(name=_("Operator"), line="Clientela", url=reverse("operator:home")),
        "nav": _places(),
        "account_menu": [Link(label=_("Sign out"), url=reverse("account_logout"), icon="log-out")],
    }
    response = render(request, "operator/home.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _places() -> list[Link]:
    places = [Link(label=_("Health"), url=reverse("operator:home"), icon="activity", current=True)]
    if settings.DEMO:
        places += [
            Link(label=_("Mail simulator"), url=reverse("simulator:home"), icon="inbox"),
            Link(label=_("Parts"), url=reverse("operator:design"), icon="palette"),
        ]
    return places
