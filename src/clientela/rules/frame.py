"""The stretch of exact time that a mask talks about, cut into cells of five minutes.

A mask is a plain ``int``: bit *i* stands for the cell ``[origin + 5i, origin + 5i + 5)`` minutes.
Everything a business can set (durations, buffers, hours, grids) is a multiple of five minutes,
and so is every zone's offset today, hence masks are exact and not an approximation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CELL_MINUTES = 5
CELL = timedelta(minutes=CELL_MINUTES)
CELLS_PER_DAY = 24 * 60 // CELL_MINUTES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Frame:
    """``cells`` cells from ``origin`` (aware, on a five-minute mark of UTC)."""

    origin: datetime
    cells: int

    def __post_init__(self) -> None:
        """Refuse a frame that is naive, off the grid, or empty."""
        if self.origin.tzinfo is not UTC or (self.origin - EPOCH) % CELL:
            raise ValueError(f"a frame starts on a five-minute mark of UTC: {self.origin}")
        if self.cells < 1:
            raise ValueError(f"a frame has at least one cell: {self.cells}")

    @classmethod
    def covering(cls, start: datetime, end: datetime) -> Frame:
        """Return the smallest frame that covers ``[start, end)``, rounded outward to whole cells."""
        first = (start - EPOCH) // CELL
        last = -((EPOCH - end) // CELL)
        return cls(EPOCH + first * CELL, last - first)

    @property
    def end(self) -> datetime:
        """The first instant after the last cell."""
        return self.origin + self.cells * CELL

    @property
    def full(self) -> int:
        """The mask with every cell set."""
        return (1 << self.cells) - 1

    def cell_of(self, at: datetime) -> int:
        """Return the cell in which an instant lies; it may lie outside the frame (negative or beyond)."""
        return (at - self.origin) // CELL

    def time_of(self, cell: int) -> datetime:
        """Return the instant at which a cell begins."""
        return self.origin + cell * CELL
