"""While a new card is typed: who is here already and may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from clientela.business.queries.home_country import home_country
from clientela.people.models import Client
from clientela.people.queries.candidates import candidates
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.match_cards import facts_of
from clientela.policy.door_request import DoorRequest
from clientela.rules.client_match import Field, Likeness, explain
from clientela.web.desk.duplicates.words import Line, explained
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.visitor import language_of, speak

_MOST: Final = 3
_LONGEST: Final = 200
_REASONS: Final = 2


def hint(request: DoorRequest, business: str) -> HttpResponse:
    """Return the cards that what was typed may be of, as a piece of the page; nothing is kept, nobody is stopped.

    A name alone brings up nobody: two people may have one name.
    """
    desk = desk_of(request)
    speak(request, fallback=language_of(desk.business))
    response = render(
        request,
        "duplicates/hint.html",
        {"business": desk.business, "found": _found(desk, request.GET)},
    )
    response["Cache-Control"] = "no-store, private"
    return response


def _found(desk: Desk, typed: Mapping[str, str]) -> list[tuple[Client, list[Line]]]:
    """Return the cards with why; only those that have an address or a number in common with what was typed."""
    contacts = facts_of(
        name=typed.get("name", "")[:_LONGEST],
        emails=[typed.get("email", "")[:_LONGEST]],
        phones=[typed.get("phone", "")[:_LONGEST]],
    )
    if not any((*contacts.emails, *contacts.phones)):
        return []
    alike = candidates(
        business=desk.business,
        facts=contacts,
        country=home_country(business=desk.business),
        now=desk.now,
    )
    told = {one.client_id: one.likeness for one in alike if _is_reached(one.likeness)}
    cards = living_cards().in_bulk(list(told)[:_MOST])
    return [
        (cards[pk], list(explained(explain(likeness)).speaks_for[:_REASONS]))
        for pk, likeness in told.items()
        if pk in cards
    ]


def _is_reached(likeness: Likeness) -> bool:
    """Whether the two have a way in common by which a person is reached."""
    return any(
        one.field in (Field.EMAIL, Field.PHONE) and one.millibits > 0 for one in likeness.evidence
    )
