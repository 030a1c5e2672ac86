"""Which free times to propose to someone who comes again: people keep a time of their week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.rules.clock_time import local_date, minute_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MINUTES_PER_DAY: Final = 24 * 60
MINUTES_PER_WEEK: Final = 7 * MINUTES_PER_DAY


def minute_of_week(at: datetime, zone_name: str) -> int:
    """Return the wall-clock minutes since Monday's midnight, on the clock of a zone."""
    return local_date(at, zone_name).weekday() * MINUTES_PER_DAY + minute_of_day(at, zone_name)


def nearest_to_time_of_week(
    *, starts: Iterable[datetime], like: datetime, zone_name: str, count: int
) -> list[datetime]:
    """Return up to ``count`` of the starts, nearest first to the weekday and wall-clock time of ``like``.

    Nearness is measured around the week, so Monday 00:15 is near Sunday 23:45; of equally near starts the
    sooner goes first. Across clock changes the wall-clock time is what counts.
    """
    wanted = minute_of_week(like, zone_name)

    def away(start: datetime) -> tuple[int, datetime]:
        apart = (minute_of_week(start, zone_name) - wanted) % MINUTES_PER_WEEK
        return min(apart, MINUTES_PER_WEEK - apart), start

    return sorted(starts, key=away)[:count]
