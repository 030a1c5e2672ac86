"""What a card is found by."""

from __future__ import annotations

from collections.abc import Iterable

from clientela.rules.name_match import search_text

_LONGEST = 600


def card_text(*, name: str, values: Iterable[str]) -> str:
    """Return the accent-free text of a card: its name, addresses, and the digits of its phones."""
    words = [name, *(value.removeprefix("+") for value in values)]
    return search_text(" ".join(words))[:_LONGEST]
