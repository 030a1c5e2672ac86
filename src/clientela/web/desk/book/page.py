"""Book for a client: one page for the whole of it; every choice is a link, the last press books."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.business.queries.home_country import home_country
from clientela.people.models import Client
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.book.series_form import SeriesForm
from clientela.web.desk.book.wish import Wish, wish_of
from clientela.web.desk.choices import Face, faces
from clientela.web.desk.clients.card_form import NewCardForm, typed
from clientela.web.desk.forecasts import of_booking
from clientela.web.desk.frame import desk_page
from clientela.web.desk.picking import Picked, picker_values
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.picker.asked import Asked


def find_client(request: DoorRequest, business: str) -> HttpResponse:
    """The part of the page that lists who was found, for typing without pressing a key."""
    desk = desk_of(request)
    wish = wish_of(request.GET, desk=desk)
    return desk_page(request, "desk/found.html", desk, place="calendar", **_who(desk, wish))


def book_page(
    request: DoorRequest,
    desk: Desk,
    wish: Wish,
    *,
    repeat: SeriesForm | None = None,
    wrong: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page with what is chosen and what is still to choose."""
    context: dict[str, Any] = {}
    if wish.picked is not None:
        context = _when(desk, wish, wish.picked)
    return desk_page(
        request,
        "desk/book.html",
        desk,
        place="calendar",
        status=status,
        choice=wish.picked,
        services=_services(desk, wish),
        people=_people(desk, wish),
        places=_places(desk, wish),
        repeat=repeat or SeriesForm(),
        wrong=wrong or [],
        note=request.POST.get("staff_note", ""),
        bound_client=wish.client if wish.is_bound_elsewhere else None,
        key=secrets.token_urlsafe(18),
        month_open=request.GET.get("open") == "month",
        **_who(desk, wish),
        **context,
    )


def _who(desk: Desk, wish: Wish) -> dict[str, Any]:
    """Who it is for: the card chosen, or the search, and the form of a new card."""
    base = reverse("desk:book", args=[desk.business.slug])
    pairs = wish.pairs()
    return {
        "wish": wish,
        "text": wish.text,
        "pairs": pairs,
        "found": [
            (card, f"{base}?{wish.query()}&client={card.pk}", contact_words(card))
            for card in wish.found
        ],
        "card_form": NewCardForm(
            country=home_country(business=desk.business), initial=typed(wish.text), auto_id="new_%s"
        ),
        "other_client_url": f"{base}?{_without_client(wish)}",
    }


def _without_client(wish: Wish) -> str:
    return replace(wish, client=None).query()


def contact_words(card: Client) -> str:
    """The first contacts of a card on one line, to tell one Ana from another."""
    return " · ".join(one.written for one in list(card.identifiers.all())[:2])


def _services(desk: Desk, wish: Wish) -> list[tuple[Any, str, bool]]:
    base = reverse("desk:book", args=[desk.business.slug])
    return [
        (service, f"{base}?{wish.query(service=service.pk)}#when", service == wish.service)
        for service in wish.services
    ]


def _people(desk: Desk, wish: Wish) -> list[Face]:
    base = reverse("desk:book", args=[desk.business.slug])

    def link(person: UUID | None) -> str:
        return f"{base}?{wish.query(professional=person)}#when"

    chosen = wish.professional.pk if wish.professional else None
    named = faces(wish.people, chosen=chosen, link=link)
    if not named:
        return []
    anyone = Face(name=_("Whoever is free"), url=link(None), icon="users", current=chosen is None)
    return [anyone, *named]


def _places(desk: Desk, wish: Wish) -> list[tuple[Any, str, bool]]:
    """The locations, where there are several."""
    if len(desk.locations) < 2:  # noqa: PLR2004 -- one place is not a choice
        return []
    base = reverse("desk:book", args=[desk.business.slug])
    return [
        (place, f"{base}?{wish.query(location=place.pk)}#when", place == wish.location)
        for place in desk.locations
    ]


def _when(desk: Desk, wish: Wish, choice: Picked) -> dict[str, Any]:
    """The calendar, and what the client will be told."""
    page_url = reverse("desk:book", args=[desk.business.slug])
    extra = [("client", str(wish.client.pk))] if wish.client else []

    def link(asked: Asked, /, *, open_month: bool = False) -> str:
        more = "".join(f"&{name}={value}" for name, value in extra)
        more += "&open=month" if open_month else ""
        return f"{page_url}?{asked.query()}{more}#{'decide' if asked.start else 'when'}"

    return {
        **picker_values(choice, link=link, page_url=page_url, extra=extra),
        "told": of_booking(choice, card=wish.client, desk=desk) if wish.client else [],
    }
