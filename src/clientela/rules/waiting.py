"""The waiting list: which freed time fits whom, who is told of it first, and when the next one is.

No time is held for anybody: whoever is told has a while alone with it, and then the next one is told too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.rules.clock_time import MINUTES_PER_DAY, local_date, minute_of_day

ALONE: Final = timedelta(minutes=30)
"""For how long one person knows of a freed time before the next is told."""
NEAR: Final = timedelta(hours=2)
"""So shortly before its start nobody waits for anybody: all are told at once."""
MOST_A_DAY: Final = 5
"""More offers than that do not reach one person within a day."""
LONGEST_DAYS: Final = 92
"""For longer than that nobody waits; they may ask anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One who waits: since when, for which local dates (both included) and minutes of the day, and for what.

    ``starts`` are the free starts that somebody like them could book now, best first; ``told`` those they have heard of.
    """

    key: UUID
    since: datetime
    first_day: date
    last_day: date
    from_minute: int = 0
    until_minute: int = MINUTES_PER_DAY
    zone: str
    starts: Sequence[datetime] = ()
    told: Collection[datetime] = field(default_factory=frozenset)

    def fits(self, at: datetime) -> bool:
        """Whether a start lies in their days and hours, as the clock at the place reads; ``until_minute`` is outside."""
        on = local_date(at, self.zone)
        if not self.first_day <= on <= self.last_day:
            return False
        return self.from_minute <= minute_of_day(at, self.zone) < self.until_minute


@dataclass(frozen=True, slots=True)
class Turn:
    """That somebody is to be told of a start, and when."""

    key: UUID
    starts_at: datetime
    tell_at: datetime


def turns(*, waits: Iterable[Wait], now: datetime) -> tuple[Turn, ...]:
    """Say who is told of what has become free: the longest waiting first, each of the best start that suits them.

    The first at ``now``, each next one ``ALONE`` later, but nobody later than ``NEAR`` before the start they are told
    of: when that is close, all at once. Nobody is told of a start twice, nor of one that has begun. Who cannot use
    any of it takes no turn.
    """
    found: list[Turn] = []
    for wait in sorted(waits, key=lambda one: (one.since, one.key)):
        start = next((at for at in wait.starts if _is_news(wait, at, now)), None)
        if start is not None:
            found.append(Turn(wait.key, start, tell_at(turn=len(found), starts_at=start, now=now)))
    return tuple(found)


def tell_at(*, turn: int, starts_at: datetime, now: datetime) -> datetime:
    """When the one is told whose turn it is, counted from 0."""
    return max(now, min(now + turn * ALONE, starts_at - NEAR))


def _is_news(wait: Wait, at: datetime, now: datetime) -> bool:
    return at > now and at not in wait.told and wait.fits(at)
