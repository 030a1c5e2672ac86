"""Quiet hours: until when a sound on somebody's telephone should wait.

They are read by membership, like all hours of the house: an instant is quiet if the reader's clock then shows a
minute in the stretch. So an hour that the clocks skip is not there, and one that comes twice is quiet twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.rules import clock_time

_MOST_JUMPS: Final = 4


def is_quiet(*, minute: int, from_minute: int, until_minute: int) -> bool:
    """Say whether a minute of the day is in the half-open stretch; one that ends before it begins runs over midnight."""
    if from_minute <= until_minute:
        return from_minute <= minute < until_minute
    return minute >= from_minute or minute < until_minute


def quiet_until(
    *, at: datetime, from_minute: int | None, until_minute: int | None, zone: str
) -> datetime | None:
    """Return when the quiet in which ``at`` falls is over; ``None``: it is not quiet then.

    The minutes are of the wall of ``zone``. Without both, or with the same twice, there are no quiet hours.
    """
    if from_minute is None or until_minute is None or from_minute == until_minute:
        return None
    found = at
    # A jump of the clocks may land in the quiet again; never more often than the wall is awake in between.
    for _ in range(_MOST_JUMPS):
        minute = clock_time.minute_of_day(found, zone)
        if not is_quiet(minute=minute, from_minute=from_minute, until_minute=until_minute):
            break
        found = _next_reading(found, until_minute, zone, tomorrow=minute >= until_minute)
    return found if found > at else None


def _next_reading(after: datetime, minute: int, zone: str, *, tomorrow: bool) -> datetime:
    """Return the next instant at which the wall shows the minute, or the jump over it."""
    on = clock_time.local_date(after, zone) + timedelta(days=1 if tomorrow else 0)
    first = clock_time.to_exact(on=on, minute=minute, zone_name=zone, gap="after", overlap="first")
    if first > after:
        return first
    return clock_time.to_exact(on=on, minute=minute, zone_name=zone, gap="after", overlap="second")
