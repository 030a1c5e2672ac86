"""Masks as rows: how a resource's busy time is kept in blocks of 32 UTC days.

Block *n* holds the cells of the days 32n to 32n + 31 since 1970-01-01, as 1152 bytes, little
end first. A write touches one block, seldom two; a month is read from two or three. Setting and
clearing is exact because no two occupied stretches of one resource overlap.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientela.rules.frame import CELL, CELLS_PER_DAY, EPOCH, Frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

BLOCK_DAYS = 32
BLOCK_CELLS = BLOCK_DAYS * CELLS_PER_DAY
BLOCK_BYTES = BLOCK_CELLS // 8
EMPTY_BLOCK = bytes(BLOCK_BYTES)

_BLOCK = timedelta(days=BLOCK_DAYS)


class BlockSpan(NamedTuple):
    """The cells ``[first, end)`` of one block."""

    block: int
    first: int
    end: int


def block_of(at: datetime) -> int:
    """Return the number of the block in which an instant lies (negative before 1970)."""
    return (at - EPOCH) // _BLOCK


def block_frame(block: int) -> Frame:
    """Return the stretch of time that a block covers."""
    return Frame(EPOCH + block * _BLOCK, BLOCK_CELLS)


def blocks_between(start: datetime, end: datetime) -> range:
    """Return the numbers of the blocks that ``[start, end)`` touches."""
    return range(block_of(start), -((EPOCH - end) // _BLOCK))


def block_spans(start: datetime, end: datetime) -> list[BlockSpan]:
    """Split ``[start, end)``, rounded outward to cells, into the cells of its blocks."""
    first, stop = (start - EPOCH) // CELL, -((EPOCH - end) // CELL)
    spans = []
    while first < stop:
        block, cell = divmod(first, BLOCK_CELLS)
        length = min(stop - first, BLOCK_CELLS - cell)
        spans.append(BlockSpan(block, cell, cell + length))
        first += length
    return spans


def set_cells(data: bytes, *, first: int, end: int) -> bytes:
    """Return a block with the cells ``[first, end)`` set."""
    return (_block_bits(data) | _run(first, end)).to_bytes(BLOCK_BYTES, "little")


def clear_cells(data: bytes, *, first: int, end: int) -> bytes:
    """Return a block with the cells ``[first, end)`` cleared."""
    bits, run = _block_bits(data), _run(first, end)
    return (bits ^ (bits & run)).to_bytes(BLOCK_BYTES, "little")


def to_blocks(*, mask: int, frame: Frame) -> dict[int, bytes]:
    """Return the blocks that a mask fills, without the empty ones."""
    first = (frame.origin - EPOCH) // CELL
    block, cell = divmod(first, BLOCK_CELLS)
    data = (mask << cell).to_bytes(-(-(cell + frame.cells) // BLOCK_CELLS) * BLOCK_BYTES, "little")
    cut = (data[at : at + BLOCK_BYTES] for at in range(0, len(data), BLOCK_BYTES))
    return {number: part for number, part in enumerate(cut, block) if part != EMPTY_BLOCK}


def from_blocks(*, blocks: Mapping[int, bytes], frame: Frame) -> int:
    """Return the mask of a frame out of block rows; an absent block has no busy time."""
    first = (frame.origin - EPOCH) // CELL
    block, cell = divmod(first, BLOCK_CELLS)
    last = (first + frame.cells - 1) // BLOCK_CELLS
    data = b"".join([blocks.get(number, EMPTY_BLOCK) for number in range(block, last + 1)])
    return (int.from_bytes(data, "little") >> cell) & frame.full


def _run(first: int, end: int) -> int:
    """Bits ``[first, end)`` of one block."""
    if not 0 <= first < end <= BLOCK_CELLS:
        raise ValueError(f"cells of a block are 0..{BLOCK_CELLS}: {first} - {end}")
    return (1 << end) - (1 << first)


def _block_bits(data: bytes) -> int:
    """Bits of a block row; a row of another length is damaged."""
    if len(data) != BLOCK_BYTES:
        raise ValueError(f"a block is {BLOCK_BYTES} bytes long: {len(data)}")
    return int.from_bytes(data, "little")
