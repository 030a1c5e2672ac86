"""What a merge would do, told before it is done: every app registers its part.

    @on_planning
    def credits(*, card: Client, into: Client, now: datetime) -> Told: …

An app registers in its ``movers.py``, loaded at the start, so people/ knows only this list. A teller makes a fixed
number of queries, however much there is, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from clientela.people.models import Client


@dataclass(frozen=True, slots=True)
class ServiceBalance:
    """Free credits for one service: of the card that goes, of the one that stays, and afterwards."""

    service: str
    of_card: int
    of_into: int
    after: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something the two cards say differently: ``what`` is a kebab-case word; it is shown, never resolved by itself."""

    what: str
    of_card: str
    of_into: str


@dataclass(frozen=True, slots=True)
class Told:
    """One app's part of a preview. ``warnings`` are kebab-case words with a number each."""

    balances: tuple[ServiceBalance, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[tuple[str, int], ...] = ()


class Teller(Protocol):
    """Says what would become of its app's rows."""

    def __call__(self, *, card: Client, into: Client, hides: bool, now: datetime) -> Told:
        """Return its part; ``hides``: what comes along stays hidden at first, and its credits wait."""


_tellers: Final[dict[str, Teller]] = {}


def on_planning(teller: Teller) -> Teller:
    """Register a teller; registering it again changes nothing."""
    _tellers[f"{teller.__module__}.{getattr(teller, '__qualname__', '')}"] = teller
    return teller


def told(*, card: Client, into: Client, hides: bool, now: datetime) -> list[Told]:
    """Ask every teller, in the order of their names."""
    asked = sorted(_tellers.items())
    return [teller(card=card, into=into, hides=hides, now=now) for _, teller in asked]
