"""Finding a card by whatever the caller remembers."""

from __future__ import annotations

import re
from typing import Final

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Collate

from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.platform.database import is_postgresql
from clientela.rules.name_match import search_text

_PHONE: Final = re.compile(r"\+?[\d\s().\-/]{3,}")
_MOST_WORDS: Final = 8
_LAST: Final = "\U0010ffff"
_FEW: Final = 2_000


def search_clients(
    *, text: str, limit: int = 20, cards: QuerySet[Client] | None = None
) -> list[Client]:
    """Return cards whose name, e-mail or phone contains every word typed; accents and case do not count.

    Cards that begin with the text come first, each part in the order of the alphabet. A text of digits is looked
    for as one number, however it is spaced. An empty text finds the newest cards. ``cards`` narrows the search
    (default: every living card of the scope). Contacts come along. At most five statements,
    however many cards there are.
    """
    among = (living_cards() if cards is None else cards).prefetch_related("identifiers")
    words = _words(text)
    if not words:
        return list(among.order_by("-created_at", "-id")[:limit])
    # Begun with, then merely contained: each is an ordered walk of an index that ends after ``limit`` hits. In one
    # walk from A, a common name that begins with M would pass half of all cards before its first.
    begins = _begins(" ".join(words))
    among = _alphabetical(among)
    found = list(among.filter(begins).order_by("alphabetical", "id")[:limit])  # type: ignore[misc]  # named above
    if len(found) < limit:
        found += _first(matching(among, text=text).exclude(begins), limit=limit - len(found))
    return found


def _first(cards: QuerySet[Client], *, limit: int) -> list[Client]:
    """Return the first of these cards by the alphabet.

    PostgreSQL guesses badly how many cards hold several words, and would walk them all in order to find the few
    that do. So it is first asked for any, without an order: few are sorted here, and of many the walk soon meets
    enough. SQLite has only the walk: 200,000 cards take it some forty milliseconds.
    """
    if is_postgresql(connection):
        some = list(cards.values_list("search_text", "pk")[: _FEW + 1])
        if len(some) <= _FEW:
            first = [pk for _, pk in sorted(some)[:limit]]
            by_id = {card.pk: card for card in cards.filter(pk__in=first)} if first else {}
            return [by_id[pk] for pk in first if pk in by_id]
    return list(cards.order_by("alphabetical", "id")[:limit])  # type: ignore[misc]  # likewise


def matching(cards: QuerySet[Client], *, text: str) -> QuerySet[Client]:
    """Return those of the cards that contain every word typed; all of them for an empty text."""
    # The longest word is the rarest, as a rule: where it is missing, the others are not looked for.
    for word in sorted(_words(text), key=len, reverse=True):
        cards = cards.filter(search_text__contains=word)
    return cards


def _words(text: str) -> list[str]:
    if _PHONE.fullmatch(text.strip()):
        return [re.sub(r"\D", "", text)]
    return search_text(text).split()[:_MOST_WORDS]


def _begins(text: str) -> Q:
    """Return the condition that a card begins with the text: a stretch of the alphabet, so an index finds it."""
    return Q(alphabetical__gte=text, alphabetical__lt=text + _LAST)


def _alphabetical(cards: QuerySet[Client]) -> QuerySet[Client]:
    """Name the text to order by, letter by letter: as SQLite compares by itself, and PostgreSQL if it is told to."""
    by_letters = Collate(F("search_text"), "C") if is_postgresql(connection) else F("search_text")
    named: QuerySet[Client] = cards.alias(alphabetical=by_letters)
    return named
