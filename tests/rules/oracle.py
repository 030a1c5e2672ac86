"""A slow and obvious answer to what the engine answers fast; it shares no code with it.

Every question is asked of every single minute: what does the clock on the wall read now, is that
reading inside the hours, is anything busy. Nothing is cut, joined, shifted or remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo  # noqa: TID251 -- independent of the converter it checks

MINUTE = timedelta(minutes=1)

# Zones with something odd about them: half-hour steps, quarter-hour offsets, two-hour steps, the
# far side of the date line, Ramadan, negative summer time, both hemispheres, and none at all.
NAMED_ZONES = (
    "Europe/Madrid",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Asuncion",
    "Atlantic/Azores",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Antarctica/Troll",
)


@dataclass(frozen=True)
class Timetable:
    """Hours as bare tuples: weekly (weekday, opens, closes), dated replacements, closed dates."""

    weekly: tuple[tuple[int, int, int], ...]
    dated: tuple[tuple[date, int | None, int | None], ...] = ()
    closed: tuple[date, ...] = ()

    def is_open(self, wall: datetime) -> bool:
        """Whether the reading of a wall clock lies in the hours."""
        if wall.date() in self.closed:
            return False
        minute = wall.hour * 60 + wall.minute
        special = [row for row in self.dated if row[0] == wall.date()]
        if special:
            return any(
                opens is not None and opens <= minute < closes for _, opens, closes in special
            )
        return any(
            day == wall.weekday() and opens <= minute < closes for day, opens, closes in self.weekly
        )


def open_minutes(*, hours: Timetable, zone: str, start: datetime, end: datetime) -> set[datetime]:
    """Every minute of ``[start, end)`` whose reading on the wall is open."""
    place = ZoneInfo(zone)
    found = set()
    at = start
    while at < end:
        if hours.is_open(at.astimezone(place)):
            found.add(at)
        at += MINUTE
    return found


def free_starts(
    *,
    opened: set[datetime],
    busy: list[tuple[datetime, datetime]],
    zone: str,
    start: datetime,
    end: datetime,
    duration: int,
    before: int,
    after: int,
    grid: int,
) -> list[datetime]:
    """Every minute of ``[start, end)`` at which an appointment could begin."""
    place = ZoneInfo(zone)
    found = []
    at = start
    while at < end:
        wall = at.astimezone(place)
        if (
            (wall.hour * 60 + wall.minute) % grid == 0
            and all(at + n * MINUTE in opened for n in range(duration))
            and not any(
                first < at + (duration + after) * MINUTE and at - before * MINUTE < last
                for first, last in busy
            )
        ):
            found.append(at)
        at += MINUTE
    return found


def offset_changes(zone: str, first_year: int, last_year: int) -> list[datetime]:
    """Every half hour of the years at which the zone's offset is not what it was half an hour before."""
    place = ZoneInfo(zone)
    at = datetime(first_year, 1, 1, tzinfo=UTC)
    step = timedelta(minutes=30)
    found = []
    before = at.astimezone(place).utcoffset()
    while at.year <= last_year:
        now = at.astimezone(place).utcoffset()
        if now != before:
            found.append(at)
        before = now
        at += step
    return found
