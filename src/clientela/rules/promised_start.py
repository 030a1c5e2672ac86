"""At which instant a promise stands: the reading of a wall clock that somebody was told.

Governments change their clocks; then the instant that was derived from a promise is no longer the promised reading.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from clientela.rules.clock_time import to_exact, wall_text

MINUTES_PER_HOUR = 60
_TWO: tuple[Literal["first"], Literal["second"]] = ("first", "second")


def promised_start(*, local: str, zone_name: str, stands_at: datetime) -> datetime:
    """Return the instant at which the zone's clocks read ``local`` (``2026-11-24T17:30``).

    ``stands_at`` is where it was put when it was promised: it stays as long as the clocks read the promise there,
    and of a reading that has become double the one nearer to it counts. ``NoSuchTime`` when the clocks now jump over
    the reading, another ``ValueError`` when the zone is no longer known.
    """
    if wall_text(stands_at, zone_name) == local:
        return stands_at
    first, second = (_reading(local, zone_name, overlap) for overlap in _TWO)
    return min(first, second, key=lambda at: abs(at - stands_at))


def _reading(local: str, zone_name: str, overlap: Literal["first", "second"]) -> datetime:
    day, _, clock = local.partition("T")
    hours, _, minutes = clock.partition(":")
    return to_exact(
        on=date.fromisoformat(day),
        minute=int(hours) * MINUTES_PER_HOUR + int(minutes),
        zone_name=zone_name,
        gap="refuse",
        overlap=overlap,
    )
