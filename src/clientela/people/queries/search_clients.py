"""Finding a card by whatever the caller remembers."""

from __future__ import annotations

import re

from clientela.people.models import Client
from clientela.rules.name_match import search_text

_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}")


def search_clients(*, text: str, limit: int = 20) -> list[Client]:
    """Return cards whose name, e-mail or phone contains every word typed; accents and case do not count.

    A text of digits is looked for as one number, however it is spaced. Contacts come with the
    cards, in one further query. An empty text finds the newest cards.
    """
    found = Client.objects.prefetch_related("identifiers")
    words = _words(text)
    for word in words:
        found = found.filter(search_text__contains=word)
    order = ("search_text", "id") if words else ("-created_at", "-id")
    return list(found.order_by(*order)[:limit])


def _words(text: str) -> list[str]:
    if _PHONE.fullmatch(text.strip()):
        return [re.sub(r"\D", "", text)]
    return search_text(text).split()[:8]
