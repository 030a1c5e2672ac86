"""Laying day patterns of the wall clock onto exact time.

A day pattern is 36 bytes, one bit for each five-minute reading of the clock from local midnight.
Where a zone's offset changes, the frame is cut: every piece has one offset, so days are joined
and moved into place at once; the skipped readings fall outside and the doubled ones come twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientela.rules.clock_time import offset_segments
from clientela.rules.frame import CELL, CELLS_PER_DAY, EPOCH, Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY_BYTES = CELLS_PER_DAY // 8

_DAY = timedelta(days=1)
_EPOCH_ORDINAL = EPOCH.toordinal()


class Piece(NamedTuple):
    """A part of a frame with one offset, and where its local days lie."""

    first_cell: int
    end_cell: int
    midnight_cell: int
    """Cell of the local midnight on or before ``first_cell``; may be negative."""
    first_day: int
    """Proleptic ordinal of that local date."""
    days: int
    offset: timedelta


def pieces(*, zone_name: str, frame: Frame) -> Iterator[Piece]:
    """Cut the frame where the zone's offset changes.

    A cell in which the clocks change (none does today) belongs to no piece. Offsets that are not
    whole multiples of five minutes (none since 1972) are refused: masks could not be exact.
    """
    for segment in offset_segments(zone_name, start=frame.origin, end=frame.end):
        if segment.offset % CELL:
            msg = (
                f"{zone_name} is {segment.offset} from UTC in {segment.start.year}: not on the grid"
            )
            raise ValueError(msg)
        first = -((frame.origin - segment.start) // CELL)
        end = (segment.end - frame.origin) // CELL
        if first >= end:
            continue
        local_start = segment.start - EPOCH + segment.offset
        first_day = local_start // _DAY
        last_day = (segment.end - EPOCH + segment.offset - CELL) // _DAY
        midnight = EPOCH + first_day * _DAY - segment.offset
        yield Piece(
            first_cell=first,
            end_cell=end,
            midnight_cell=(midnight - frame.origin) // CELL,
            first_day=_EPOCH_ORDINAL + first_day,
            days=last_day - first_day + 1,
            offset=segment.offset,
        )


def lay_days(*, zone_name: str, frame: Frame, days: Callable[[int, int], bytes]) -> int:
    """Return the mask whose cells read, on the zone's clock, as set in the day patterns.

    ``days(first, count)`` gives the joined patterns of ``count`` dates from an ordinal date on.
    """
    mask = 0
    for piece in pieces(zone_name=zone_name, frame=frame):
        bits = int.from_bytes(days(piece.first_day, piece.days), "little")
        # First bring the piece's first cell to bit 0, cut it to length, then move it into place.
        bits = (bits >> (piece.first_cell - piece.midnight_cell)) & (
            (1 << (piece.end_cell - piece.first_cell)) - 1
        )
        mask |= bits << piece.first_cell
    return mask
