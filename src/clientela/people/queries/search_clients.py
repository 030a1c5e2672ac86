"""Finding a card by whatever the caller remembers."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.rules.name_match import search_text

_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}")


def search_clients(*, text: str, limit: int = 20) -> list[Client]:
    """Return cards whose name, e-mail or phone contains every word typed; accents and case do not count.

    A text of digits is looked for as one number, however it is spaced. Contacts come with the
    cards, in one further query. An empty text finds the newest cards.
    """
    cards = matching(living_cards().prefetch_related("identifiers"), text=text)
    order = ("search_text", "id") if _words(text) else ("-created_at", "-id")
    return list(cards.order_by(*order)[:limit])


def matching(cards: QuerySet[Client], *, text: str) -> QuerySet[Client]:
    """Return those of the cards that contain every word typed; all of them for an empty text."""
    for word in _words(text):
        cards = cards.filter(search_text__contains=word)
    return cards


def _words(text: str) -> list[str]:
    if _PHONE.fullmatch(text.strip()):
        return [re.sub(r"\D", "", text)]
    return search_text(text).split()[:8]
