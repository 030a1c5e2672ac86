"""Which other cards are held together with one that is erased or parted: every app registers its own.

Whoever acts on one card and then on what it has in common with others holds all of them at once, the oldest first, as
everybody does; who took them one after the other could wait in a ring. An app registers in its ``movers.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol
from uuid import UUID


class Beside(Protocol):
    """Says which other cards the act will touch, in the business's scope; asked again once they are held."""

    def __call__(self, *, card_ids: Collection[UUID]) -> set[UUID]:
        """Return their ids."""


_beside: Final[dict[str, Beside]] = {}


def held_beside(asked: Beside) -> Beside:
    """Register which; registering it again changes nothing."""
    _beside[f"{asked.__module__}.{getattr(asked, '__qualname__', '')}"] = asked
    return asked


def cards_beside(*, card_ids: Collection[UUID]) -> set[UUID]:
    """Return what every app names."""
    return {one for asked in _beside.values() for one in asked(card_ids=card_ids)}
