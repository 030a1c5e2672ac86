"""The one converter between exact time and the clocks on people's walls.

Exact time is an aware UTC ``datetime``. Wall time is a local date and minutes from midnight, or
an aware ``datetime`` in a zone. Everywhere else ``ZoneInfo(`` and ``.astimezone(`` are banned, so
that one set of time zone data and one reading of gaps and doubled hours rules the whole house.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from clientela.rules.interval import Interval
from clientela.rules.tz_release import TzdataSource, use_newest

MINUTES_PER_DAY = 1440

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_SPAN = timedelta(days=32)  # offsets are remembered by stretches of this length
_NOT_PLACES = {"Factory", "localtime", "posixrules"}

_SOURCE = use_newest()


class NoSuchTime(ValueError):
    """The clocks jump over this wall time: it never happens on that date in that zone."""


@dataclass(frozen=True, slots=True)
class OffsetSegment:
    """A stretch of exact time ``[start, end)`` in which a zone keeps one offset from UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def tzdata_source() -> TzdataSource:
    """Say which time zone data this process reads, and where it was found."""
    return _SOURCE


def tzdata_version() -> str:
    """Return the release of the time zone data in use, such as ``2026f``; it is kept with each promise."""
    return _SOURCE.version


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Return every IANA name that may be stored: exact spelling, places only."""
    return frozenset(zoneinfo.available_timezones() - _NOT_PLACES)


def is_known_zone(name: str) -> bool:
    """Say whether the name is an IANA zone, spelt exactly; paths and odd input are not."""
    return name in known_zones()


@lru_cache(maxsize=1024)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """Return the zone of that IANA name; an unknown name is a ``ValueError``."""
    if not is_known_zone(name):
        raise ValueError(f"unknown time zone: {name!r}")
    return zoneinfo.ZoneInfo(name)


def to_local(at: datetime, zone_name: str) -> datetime:
    """Return the same instant as the zone's clocks show it; a naive ``at`` is refused."""
    if at.tzinfo is None:
        raise ValueError(f"exact time must be aware: {at}")
    try:
        return at.astimezone(zone(zone_name))
    except OverflowError as error:
        raise ValueError(f"out of the calendar: {at}") from error


def to_exact(
    *,
    on: date,
    minute: int,
    zone_name: str,
    gap: Literal["refuse", "after"],
    overlap: Literal["first", "second"],
) -> datetime:
    """Return the instant (UTC) at which the zone's clocks read ``minute`` minutes past midnight on a date.

    ``minute`` is 0..1440; 1440 is the midnight that ends the date. A reading that the clocks jump
    over is refused (``NoSuchTime``) or becomes the instant of the jump; of a doubled reading the
    caller names the first or the second.
    """
    if not 0 <= minute <= MINUTES_PER_DAY:
        raise ValueError(f"minutes of a day are 0..{MINUTES_PER_DAY}: {minute}")
    try:
        wall = datetime(on.year, on.month, on.day) + timedelta(minutes=minute)  # noqa: DTZ001 -- a wall reading, placed in its zone below
        first = wall.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)
        second = wall.replace(tzinfo=zone(zone_name), fold=1).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"out of the calendar: {on} + {minute} min") from error
    if first <= second:
        return first if overlap == "first" else second
    # PEP 495: only inside a gap does the later fold give the earlier instant.
    if gap == "refuse":
        raise NoSuchTime(f"{wall.isoformat(timespec='minutes')} does not exist in {zone_name}")
    return _offset_change(zone_name, second, first)


def fold_label(at: datetime, zone_name: str) -> Literal["first", "again"] | None:
    """Say whether the clocks read this time twice: ``first``, ``again``, or ``None`` for once only."""
    local = to_local(at, zone_name)
    if local.fold:
        return "again"
    return "first" if local.replace(fold=1).utcoffset() != local.utcoffset() else None


def local_date(at: datetime, zone_name: str) -> date:
    """Return the date on the wall calendar of the zone at that instant."""
    return to_local(at, zone_name).date()


def minute_of_day(at: datetime, zone_name: str) -> int:
    """Return the clock's reading as whole minutes from midnight (a doubled hour reads twice the same)."""
    local = to_local(at, zone_name)
    return local.hour * 60 + local.minute


def day_interval(on: date, zone_name: str) -> Interval | None:
    """Return the exact stretch of a local date (23 to 25 hours, as a rule); ``None`` if the date was skipped."""
    start = to_exact(on=on, minute=0, zone_name=zone_name, gap="after", overlap="first")
    end = to_exact(on=on, minute=MINUTES_PER_DAY, zone_name=zone_name, gap="after", overlap="first")
    return Interval(start, end) if start < end else None


def wall_text(at: datetime, zone_name: str) -> str:
    """Return the promise on the wall, to the minute and without a zone: ``2026-03-29T09:00``."""
    return to_local(at, zone_name).replace(tzinfo=None).isoformat(timespec="minutes")


def zone_abbreviation(at: datetime, zone_name: str) -> str:
    """Return the zone's short name at that instant (``CEST``), or ``UTC+12:45`` where it has only a number."""
    text = to_local(at, zone_name).tzname() or "UTC"
    if text[0] not in "+-":
        return text
    hours, minutes = text[:3], text[3:]
    return f"UTC{hours}:{minutes}" if minutes else f"UTC{hours}"


def offset_segments(zone_name: str, *, start: datetime, end: datetime) -> list[OffsetSegment]:
    """Cut ``[start, end)`` where the zone's offset from UTC changes; exact to the second, in order.

    Only the offset counts: a zone that merely renames itself is not cut.
    """
    found: list[OffsetSegment] = []
    span = (start - _EPOCH) // _SPAN
    last = (end - _EPOCH - _SECOND) // _SPAN
    while span <= last:
        try:
            remembered = _segments_of_span(zone_name, span)
        except OverflowError as error:
            raise ValueError(f"out of the calendar: {start} - {end}") from error
        for began, ended, offset in remembered:
            low, high = max(began, start), min(ended, end)
            if low >= high:
                continue
            if found and found[-1].offset == offset:
                found[-1] = OffsetSegment(found[-1].start, high, offset)
            else:
                found.append(OffsetSegment(low, high, offset))
        span += 1
    return found


@lru_cache(maxsize=4096)
def _segments_of_span(
    zone_name: str, span: int
) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Segments of one remembered stretch; looks once a day, then halves the day of a change.

    Two changes inside one UTC day that cancel out would be missed; no zone has had such a day.
    """
    place = zone(zone_name)
    start = _EPOCH + span * _SPAN
    end = start + _SPAN
    cuts = [start]
    before, offset = start, _offset(place, start)
    offsets = [offset]
    while before < end:
        after = before + _DAY
        if (seen := _offset(place, after)) != offset:
            cut = _offset_change(zone_name, before, after)
            if cut < end:
                cuts.append(cut)
                offsets.append(seen)
            offset = seen
        before = after
    return tuple(zip(cuts, [*cuts[1:], end], offsets, strict=True))


def _offset(place: zoneinfo.ZoneInfo, at: datetime) -> timedelta:
    """Offset from UTC at an instant."""
    offset = at.astimezone(place).utcoffset()
    assert offset is not None  # noqa: S101 -- a ZoneInfo always has one
    return offset


def _offset_change(zone_name: str, before: datetime, after: datetime) -> datetime:
    """Find the first instant in ``(before, after]`` with the offset of ``after``, to the second."""
    place = zone(zone_name)
    target = _offset(place, after)
    low, high = 0, (after - before) // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(place, before + middle * _SECOND) == target:
            high = middle
        else:
            low = middle
    return before + high * _SECOND
