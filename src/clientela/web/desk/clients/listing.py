"""All clients, by name, found by whatever is remembered of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse

from clientela.people.queries.search_clients import matching
from clientela.people.queries.suggestions import suggestions
from clientela.policy.door_request import DoorRequest
from clientela.rules.client_match import Verdict
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts

A_PAGE = 30
LONGEST = 100
_COUNTED = 99


def clients(request: DoorRequest, business: str) -> HttpResponse:
    """List the cards this person may reach, thirty to a page."""
    desk = desk_of(request)
    text = request.GET.get("q", "").strip()[:LONGEST]
    cards = matching(desk.clients(), text=text).prefetch_related("identifiers")
    page = Paginator(cards.order_by("search_text", "id"), A_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "desk/clients.html",
        desk,
        place="clients",
        page=page,
        text=text,
        duplicates=_duplicates(desk),
        toasts=toasts(request),
    )


def _duplicates(desk: Desk) -> str:
    """How many pairs look like one person, told up to 99; who reaches only their own clients is not told."""
    if not desk.sees_all:
        return ""
    found = suggestions(business=desk.business, now=desk.now).filter(verdict=Verdict.SAME)
    number = found[: _COUNTED + 1].count()
    return f"{_COUNTED}+" if number > _COUNTED else str(number or "")
