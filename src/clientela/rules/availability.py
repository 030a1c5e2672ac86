"""Availability as arithmetic on masks: which starts are free.

The rule: a start *s* is free iff ``[s, s + duration)`` lies inside open hours and the occupied
stretch ``[s - before, s + duration + after)`` meets nothing that is busy. Buffers may run past
closing time. Cells outside a mask count as closed and as not busy, so a caller who needs exact
answers at the edge of a frame takes the frame wider by duration and buffers.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from clientela.rules.frame import CELL, CELL_MINUTES, CELLS_PER_DAY, Frame
from clientela.rules.local_days import DAY_BYTES, lay_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clientela.rules.interval import Interval
    from clientela.rules.weekly_hours import MinuteRange, WeeklyHours

_CLOSED = bytes(DAY_BYTES)
_WEEK = 7
_CELL_SECONDS = CELL_MINUTES * 60


@lru_cache(maxsize=4096)
def open_mask(*, hours: WeeklyHours, zone_name: str, frame: Frame) -> int:
    """Return the cells whose reading on the zone's wall clock lies in the hours.

    A skipped hour has no cell and a doubled hour is open twice. The answer is remembered: hours
    are values, so equal hours share one computation.
    """
    return lay_days(
        zone_name=zone_name,
        frame=frame,
        days=lambda first, count: _days_of_hours(hours, first, count),
    )


@lru_cache(maxsize=1024)
def grid_mask(*, zone_name: str, grid_minutes: int, frame: Frame) -> int:
    """Return the cells that begin at a wall-clock minute divisible by the grid, counted from local midnight."""
    pattern = _grid_day(grid_minutes)
    return lay_days(zone_name=zone_name, frame=frame, days=lambda _first, count: pattern * count)


def window_mask(*, window: Interval, frame: Frame) -> int:
    """Return the cells that *begin* inside the window: the starts it permits."""
    first = max(0, -((frame.origin - window.start) // CELL))
    end = min(frame.cells, -((frame.origin - window.end) // CELL))
    return (1 << end) - (1 << first) if first < end else 0


def mask_of(*, spans: Iterable[tuple[datetime, datetime]], frame: Frame) -> int:
    """Return the cells that the half-open spans touch, rounded outward and cut to the frame."""
    origin, cells = frame.origin, frame.cells
    # Text of 0 and 1, most significant bit first: one slice per span, then one conversion.
    digits = bytearray(b"0") * cells
    for start, end in spans:
        since = start - origin
        first = since.days * CELLS_PER_DAY + since.seconds // _CELL_SECONDS
        since = end - origin
        stop = since.days * CELLS_PER_DAY + (since.seconds + _CELL_SECONDS - 1) // _CELL_SECONDS
        if first < 0 or stop > cells:
            first, stop = max(first, 0), min(stop, cells)
            if first >= stop:
                continue
        digits[cells - stop : cells - first] = b"1" * (stop - first)
    return int(digits, 2)


def spans_of(*, mask: int, frame: Frame) -> list[tuple[datetime, datetime]]:
    """Return the runs of set cells as half-open spans, in order."""
    spans = []
    cell = 0
    while mask:
        skip = (mask & -mask).bit_length() - 1
        mask >>= skip
        run = (mask ^ (mask + 1)).bit_length() - 1
        cell += skip
        spans.append((frame.time_of(cell), frame.time_of(cell + run)))
        mask >>= run
        cell += run
    return spans


def cells_of(minutes: int) -> int:
    """Return a duration as a number of cells; only multiples of five minutes exist."""
    cells, rest = divmod(minutes, CELL_MINUTES)
    if rest or minutes < 0:
        raise ValueError(f"not a multiple of {CELL_MINUTES} minutes: {minutes}")
    return cells


def run_starts(mask: int, length: int) -> int:
    """Return the cells from which ``length`` cells in a row are set (``length`` >= 1)."""
    for step in doubling(length):
        mask &= mask >> step
    return mask


def meeting_starts(busy: int, *, before: int, length: int) -> int:
    """Return the cells *i* for which ``[i - before, i - before + length)`` meets a set cell."""
    busy <<= before
    for step in doubling(length):
        busy |= busy >> step
    return busy


@lru_cache(maxsize=1024)
def doubling(length: int) -> tuple[int, ...]:
    """Return the shifts that gather ``length`` cells into one: 1, 2, 4 and so on, then what is left."""
    steps = []
    have = 1
    while have < length:
        steps.append(min(have, length - have))
        have += steps[-1]
    return tuple(steps)


def startable(*, open_cells: int, busy: int, duration: int, before: int, after: int) -> int:
    """Return the free starts by the rule above; all lengths are in cells, ``duration`` >= 1."""
    inside = run_starts(open_cells, duration)
    # a ^ (a & b) is "a and not b" without Python's slow negative numbers.
    return inside ^ (inside & meeting_starts(busy, before=before, length=before + duration + after))


def _days_of_hours(hours: WeeklyHours, first: int, count: int) -> bytes:
    """Join the day patterns of ``count`` dates from an ordinal date on."""
    weekday = (first + 6) % _WEEK
    varies = any(row.valid_from or row.valid_until for row in hours.rows)
    if varies:
        days = [_day_pattern(hours.open_minutes(date.fromordinal(first + i))) for i in range(count)]
    else:
        week = _week_patterns(hours)
        days = [week[(weekday + i) % _WEEK] for i in range(count)]
    for row in hours.dated:
        at = row.on.toordinal() - first
        if 0 <= at < count:
            days[at] = _day_pattern(hours.open_minutes(row.on))
    for closure in hours.closures:
        start = max(0, closure.from_date.toordinal() - first)
        for at in range(start, min(count, closure.until_date.toordinal() - first)):
            days[at] = _CLOSED
    return b"".join(days)


def _week_patterns(hours: WeeklyHours) -> list[bytes]:
    """Return the seven day patterns of hours whose rows are always valid."""
    week: list[list[MinuteRange]] = [[] for _ in range(_WEEK)]
    for row in hours.rows:
        week[row.weekday].append((row.opens_minute, row.closes_minute))
    return [_day_pattern(tuple(ranges)) for ranges in week]


@lru_cache(maxsize=4096)
def _day_pattern(ranges: tuple[MinuteRange, ...]) -> bytes:
    """One bit per five minutes of a wall-clock day; overlapping ranges are welcome."""
    bits = 0
    for opens, closes in ranges:
        bits |= (1 << closes // CELL_MINUTES) - (1 << opens // CELL_MINUTES)
    return bits.to_bytes(DAY_BYTES, "little")


@lru_cache(maxsize=64)
def _grid_day(grid_minutes: int) -> bytes:
    """Day pattern of the readings divisible by the grid."""
    step = cells_of(grid_minutes)
    if not 1 <= step <= CELLS_PER_DAY:
        raise ValueError(f"a start grid is 5 minutes to a day: {grid_minutes}")
    return sum(1 << cell for cell in range(0, CELLS_PER_DAY, step)).to_bytes(DAY_BYTES, "little")
