"""What all reports share: their frame, the question, the way to the file, and money as a file writes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.policy.door_request import DoorRequest
from clientela.rules.money import Money
from clientela.web.design.shapes import Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.reports.asked import Asked
from clientela.web.desk.staff import Desk
from clientela.web.desk.undo import toasts

MOST_ROWS = 200
"""As many as a page lists; the file has all."""


def report_page(
    request: DoorRequest,
    name: str,
    desk: Desk,
    *,
    title: str,
    asked: Asked,
    has_days: bool = False,
    **context: Any,  # noqa: ANN401 -- what the template asks for
) -> HttpResponse:
    """Draw one report; a question that makes no sense is answered 422 beside the one that does."""
    page = reverse(f"desk:report-{name}", args=[desk.business.slug])
    file = reverse(f"desk:report-{name}-file", args=[desk.business.slug])
    return desk_page(
        request,
        f"reports/{name}.html",
        desk,
        place="reports",
        status=422 if asked.form.errors else 200,
        title=title,
        crumbs=_crumbs(desk, title),
        toasts=list(toasts(request)),
        asked=asked,
        page=page,
        file=f"{file}?{asked.query}",
        presets=asked.presets(page) if has_days else [],
        currency=desk.business.currency,
        most_rows=MOST_ROWS,
        place_zone=desk.place_zone,
        **context,
    )


def major(minor: int, desk: Desk) -> Decimal:
    """An amount as a file writes it: with a point, and all digits of the currency."""
    return Money(minor, desk.business.currency).major


def _crumbs(desk: Desk, title: str) -> list[Link]:
    url = reverse("desk:reports", args=[desk.business.slug])
    return [Link(label=_("Reports"), url=url), Link(label=title, url="", current=True)]
