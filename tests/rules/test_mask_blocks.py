"""Masks kept as rows: what is written in blocks is read back as the same mask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.availability import mask_of
from clientela.rules.frame import CELL, Frame
from clientela.rules.mask_blocks import (
    BLOCK_BYTES,
    BLOCK_CELLS,
    EMPTY_BLOCK,
    block_frame,
    block_of,
    block_spans,
    blocks_between,
    clear_cells,
    from_blocks,
    set_cells,
    to_blocks,
)

ZERO = datetime(2026, 3, 1, tzinfo=UTC)


def _laid_out(gaps: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    """Spans one after another, far enough apart to fall into several blocks, never overlapping."""
    at, spans = 0, []
    for gap, length in gaps:
        at += gap * 300
        spans.append((ZERO + at * CELL, ZERO + (at + length) * CELL))
        at += length
    return spans


spans_in_cells = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=12).map(
    _laid_out
)


@given(spans=spans_in_cells, first=st.integers(-500, 30_000), cells=st.integers(1, 20_000))
def test_rows_written_span_by_span_give_the_mask_of_the_spans(
    spans: list[tuple[datetime, datetime]], first: int, cells: int
) -> None:
    rows: dict[int, bytes] = {}
    for start, end in spans:
        for block, low, high in block_spans(start, end):
            rows[block] = set_cells(rows.get(block, EMPTY_BLOCK), first=low, end=high)
    frame = Frame(ZERO + first * CELL, cells)
    assert from_blocks(blocks=rows, frame=frame) == mask_of(spans=spans, frame=frame)
    for start, end in spans[::2]:
        for block, low, high in block_spans(start, end):
            rows[block] = clear_cells(rows[block], first=low, end=high)
    assert from_blocks(blocks=rows, frame=frame) == mask_of(spans=spans[1::2], frame=frame)


@given(mask=st.integers(0, 2**20_000 - 1), first=st.integers(-30_000, 30_000))
def test_a_mask_cut_into_blocks_and_joined_is_itself(mask: int, first: int) -> None:
    frame = Frame(ZERO + first * CELL, 20_000)
    blocks = to_blocks(mask=mask, frame=frame)
    assert from_blocks(blocks=blocks, frame=frame) == mask
    assert all(len(data) == BLOCK_BYTES and data != EMPTY_BLOCK for data in blocks.values())
    assert set(blocks) <= set(blocks_between(frame.origin, frame.end))


def test_a_block_is_thirty_two_utc_days_counted_from_1970() -> None:
    assert block_of(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert block_of(datetime(1970, 2, 1, 23, 55, tzinfo=UTC)) == 0
    assert block_of(datetime(1970, 2, 2, tzinfo=UTC)) == 1
    assert block_of(datetime(1969, 12, 31, tzinfo=UTC)) == -1
    frame = block_frame(block_of(ZERO))
    assert frame.origin <= ZERO < frame.end
    assert (frame.cells, BLOCK_BYTES) == (BLOCK_CELLS, 1152)
    assert list(blocks_between(frame.origin, frame.end)) == [block_of(ZERO)]


def test_a_span_that_is_off_the_grid_is_rounded_outward() -> None:
    start = block_frame(3).origin
    assert block_spans(start + timedelta(minutes=7), start + timedelta(minutes=11)) == [(3, 1, 3)]


def test_damaged_rows_and_cells_outside_a_block_are_refused() -> None:
    with pytest.raises(ValueError, match="bytes long"):
        set_cells(b"\0" * 7, first=0, end=1)
    with pytest.raises(ValueError, match="cells of a block"):
        set_cells(EMPTY_BLOCK, first=BLOCK_CELLS - 1, end=BLOCK_CELLS + 1)
    with pytest.raises(ValueError, match="cells of a block"):
        clear_cells(EMPTY_BLOCK, first=4, end=4)
