"""My data: what is kept of me, to take along, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from clientela.booking.queries.appointments_told import Held, held_by_card
from clientela.people.models import Client
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.leaving.files import FILES, ZIP, taken
from clientela.web.leaving.frame import own_page, private


@dataclass(frozen=True, slots=True)
class Known:
    """A business that knows the person: its card, and what is in its books."""

    card: Client
    brand: Brand
    held: Held


def known_at(request: DoorRequest) -> list[Known]:
    """Where the person is known, by the businesses' names."""
    held = held_by_card(account_id=request.user.pk, now=clock.now())
    return [
        Known(card, brand_of(card.business), held.get(card.pk, Held(0, 0)))
        for card in own_cards(account_id=request.user.pk)
    ]


def data(request: DoorRequest) -> HttpResponse:
    """Show what there is and the files it can be had as."""
    names = dict(zip(("json", "csv", "ics"), FILES, strict=True))
    return own_page(
        request, "leaving/data.html", known=known_at(request), files=names, all_in_one=ZIP
    )


def file(request: DoorRequest, name: str) -> HttpResponse:
    """Hand one file over, made at this moment."""
    found = taken(
        name, account=request.user, now=clock.now(), language=(get_language() or "en")[:2]
    )
    if found is None:
        raise Http404
    answer = private(HttpResponse(found.content, content_type=found.content_type))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
