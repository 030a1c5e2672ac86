"""What each app forgets of a client: every app registers its own.

    @erases_card(first=True)
    def cancel_what_is_ahead(*, card: Client, now: datetime) -> None: ...

``first`` is for acts that need the card as it was; the others remove what is personal. What those acts will wait for
and others hold while they wait for the card is locked before it, by ``@held_before_erasing``. An app registers in its
``leaving.py``, loaded at the start, so people/ knows only this list. Rows that the books need stay, without the person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from clientela.people.models import Client


class CardEraser(Protocol):
    """Acts on one card in the caller's transaction and in its business's scope; doing it twice is doing it once."""

    def __call__(self, *, card: Client, now: datetime) -> None:
        """Forget."""


class CardHolder(Protocol):
    """Takes locks in the caller's transaction and in the card's business's scope, before the card is held."""

    def __call__(self, *, card: Client, now: datetime) -> None:
        """Lock."""


_erasers: Final[dict[tuple[bool, str], CardEraser]] = {}
_holders: Final[dict[str, CardHolder]] = {}


def erases_card(*, first: bool = False) -> Callable[[CardEraser], CardEraser]:
    """Register an eraser; registering it again changes nothing."""

    def register(eraser: CardEraser) -> CardEraser:
        name = f"{eraser.__module__}.{getattr(eraser, '__qualname__', '')}"
        _erasers[not first, name] = eraser
        return eraser

    return register


def card_erasers() -> list[CardEraser]:
    """Return every registered eraser: the first ones first, then by name."""
    return [eraser for _, eraser in sorted(_erasers.items())]


def held_before_erasing(holder: CardHolder) -> CardHolder:
    """Register a holder; registering it again changes nothing."""
    _holders[f"{holder.__module__}.{getattr(holder, '__qualname__', '')}"] = holder
    return holder


def hold_for_erasing(*, card: Client, now: datetime) -> None:
    """Take every lock that comes before a card's, in the order of their holders' names."""
    for _, hold in sorted(_holders.items()):
        hold(card=card, now=now)
