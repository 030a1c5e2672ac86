"""What each app forgets of a client: every app registers its own.

    @erases_card(first=True)
    def cancel_what_is_ahead(*, card: Client, now: datetime) -> None: ...

``first`` is for acts that need the card as it was; the others remove what is personal. What those acts will wait for
and others hold while they wait for the card is locked before it: ``@locked_before_erasing`` names it. An app registers in its
``leaving.py``, loaded at the start, so people/ knows only this list. Rows that the books need stay, without the person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from django.db import transaction

from clientela.people.held_beside import cards_beside
from clientela.people.models import Client
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock


class CardEraser(Protocol):
    """Acts on one card in the caller's transaction and in its business's scope; doing it twice is doing it once."""

    def __call__(self, *, card: Client, now: datetime) -> None:
        """Forget."""


class KeysAhead(Protocol):
    """Says what to lock before a card is held, in the card's business's scope; asked again once it is held."""

    def __call__(self, *, card: Client, now: datetime) -> set[str]:
        """Return the keys."""


_erasers: Final[dict[tuple[bool, str], CardEraser]] = {}
_ahead: Final[dict[str, KeysAhead]] = {}


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


def locked_before_erasing(keys: KeysAhead) -> KeysAhead:
    """Register what is to be locked; registering it again changes nothing."""
    _ahead[f"{keys.__module__}.{getattr(keys, '__qualname__', '')}"] = keys
    return keys


def hold_for_erasing(*, card: Client, now: datetime) -> Client | None:
    """Return the card as it is, held, with every lock that comes before a card's; ``None`` where it is no more.

    What was booked for it between the two is not ours yet, and who holds a card waits for nobody's time: then all is
    let go (a savepoint releases its locks) and begun again. The caller's transaction.
    """
    while True:
        try:
            with transaction.atomic():
                return _held(card, now=now)
        except _Outrun:
            continue


class _Outrun(Exception):
    """Between the locks and the card somebody booked for it, or lent it a credit."""


def _held(card: Client, *, now: datetime) -> Client | None:
    locked = _keys_ahead(card, now=now)
    lock(keys=locked)
    failpoint("people.erase-card.before-card")
    others = cards_beside(card_ids=[card.pk])
    cards = Client.objects.filter(pk__in={card.pk, *others}).order_by("created_at", "id")
    held = {one.pk: one for one in cards.select_for_update()}
    if not _keys_ahead(card, now=now) <= locked or not cards_beside(card_ids=[card.pk]) <= others:
        raise _Outrun
    return held.get(card.pk)


def _keys_ahead(card: Client, *, now: datetime) -> set[str]:
    return {key for keys in _ahead.values() for key in keys(card=card, now=now)}
