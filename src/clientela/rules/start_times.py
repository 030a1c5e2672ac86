"""Reading starts out of a mask: as instants, as wall-clock text, and as JSON.

The text forms make no ``datetime`` for each start: a day's readings are joined from fragments
that are remembered by the day's bits, since most days look like another day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from clientela.rules.frame import CELL_MINUTES, CELLS_PER_DAY, Frame
from clientela.rules.local_days import DAY_BYTES, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_START = bytes(DAY_BYTES)
_BITS = bytes.maketrans(b"01", b"\x00\x01")
_READINGS = tuple(
    f"T{minute // 60:02}:{minute % 60:02}:00"
    for minute in range(0, CELLS_PER_DAY * CELL_MINUTES, CELL_MINUTES)
)


def starts(*, mask: int, frame: Frame, limit: int | None = None) -> list[datetime]:
    """Return the instants at which the set cells begin (UTC, in order), at most ``limit``."""
    found: list[datetime] = []
    digits = bin(mask)[:1:-1]
    cell = digits.find("1")
    while cell >= 0 and (limit is None or len(found) < limit):
        found.append(frame.time_of(cell))
        cell = digits.find("1", cell + 1)
    return found


def nearest_starts(*, mask: int, frame: Frame, at: datetime, limit: int) -> list[datetime]:
    """Return the ``limit`` set starts closest to ``at``, in order of time; of equal distance the later wins."""
    cell = min(max(0, frame.cell_of(at)), frame.cells)
    earlier, later = mask & ((1 << cell) - 1), mask >> cell
    found: list[datetime] = []
    while len(found) < limit and (earlier or later):
        before = frame.time_of(earlier.bit_length() - 1) if earlier else None
        after = frame.time_of(cell + (later & -later).bit_length() - 1) if later else None
        if before is None or (after is not None and after - at <= at - before):
            assert after is not None  # noqa: S101 -- one of the two sides has a start
            found.append(after)
            later &= later - 1
        else:
            found.append(before)
            earlier ^= 1 << (earlier.bit_length() - 1)
    return sorted(found)


def start_texts(*, mask: int, frame: Frame, zone_name: str) -> list[str]:
    """Return the starts as the zone's clocks show them: ISO 8601 with the offset of that instant."""
    return [
        day + reading for day, readings in _days(mask, frame, zone_name) for reading in readings
    ]


def start_json(*, mask: int, frame: Frame, zone_name: str) -> str:
    """Return ``start_texts`` as one JSON array, an order of magnitude cheaper than building the list."""
    days = [
        f'"{day}' + f'","{day}'.join(readings) + '"'
        for day, readings in _days(mask, frame, zone_name)
    ]
    return f"[{','.join(days)}]"


def _days(mask: int, frame: Frame, zone_name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Walk the local dates that have a start: the date, and its readings with their offset."""
    if not mask:
        return
    for piece in pieces(zone_name=zone_name, frame=frame):
        bits = (mask >> piece.first_cell) & ((1 << (piece.end_cell - piece.first_cell)) - 1)
        bits <<= piece.first_cell - piece.midnight_cell
        days = bits.to_bytes(piece.days * DAY_BYTES, "little")
        for number in range(piece.days):
            day = days[number * DAY_BYTES : (number + 1) * DAY_BYTES]
            if day != _NO_START:
                yield (
                    date.fromordinal(piece.first_day + number).isoformat(),
                    _readings(day, piece.offset),
                )


@lru_cache(maxsize=16384)
def _readings(day: bytes, offset: timedelta) -> tuple[str, ...]:
    """Return the clock readings of a day's bits, each with its offset from UTC."""
    minutes = offset // timedelta(minutes=1)
    sign = "-" if minutes < 0 else "+"
    suffix = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    chosen = bin(int.from_bytes(day, "little"))[:1:-1].encode().translate(_BITS)
    return tuple([reading + suffix for reading in compress(_READINGS, chosen)])
