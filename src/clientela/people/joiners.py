"""What else must hold when one card is taken up by another: every app registers its own.

    @on_joining
    @contextmanager
    def pool_credits(*, card: Client, into: Client, now: datetime) -> Iterator[None]:
        lock …
        yield  # the rows move here
        settle …

It is entered once both cards are held and before any row moves, and left when all have moved, in the same
transaction. An app registers in its ``movers.py``, loaded at the start, so people/ knows only this list.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from typing import Final, Protocol

from clientela.people.models import Client


class Joiner(Protocol):
    """Surrounds the moving of rows from ``card`` to ``into``, in their business's scope."""

    def __call__(
        self, *, card: Client, into: Client, now: datetime
    ) -> AbstractContextManager[None]:
        """Return what is entered before and left after."""


_joiners: Final[dict[str, Joiner]] = {}


def on_joining(joiner: Joiner) -> Joiner:
    """Register a joiner; registering it again changes nothing."""
    _joiners[f"{joiner.__module__}.{getattr(joiner, '__qualname__', '')}"] = joiner
    return joiner


class Shower(Protocol):
    """Makes good what waited while something that came with a card was hidden from its client."""

    def __call__(self, *, client: Client, now: datetime) -> None:
        """Act for the card that stands, in its business's scope and the caller's transaction."""


_showers: Final[dict[str, Shower]] = {}


def on_showing(shower: Shower) -> Shower:
    """Register what is done when something is hidden no more; registering it again changes nothing."""
    _showers[f"{shower.__module__}.{getattr(shower, '__qualname__', '')}"] = shower
    return shower


def showing(*, client: Client, now: datetime) -> None:
    """Ask every registered shower, in the order of their names."""
    for _, shower in sorted(_showers.items()):
        shower(client=client, now=now)


def joining(*, card: Client, into: Client, now: datetime) -> ExitStack:
    """Enter every registered joiner, in the order of their names; leaving the stack leaves them."""
    with ExitStack() as entering:
        for _, joiner in sorted(_joiners.items()):
            entering.enter_context(joiner(card=card, into=into, now=now))
        return entering.pop_all()
