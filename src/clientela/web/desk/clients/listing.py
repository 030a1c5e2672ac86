"""All clients, by name, found by whatever is remembered of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse

from clientela.people.queries.search_clients import matching
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import toasts

A_PAGE = 30
LONGEST = 100


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
        toasts=toasts(request),
    )
