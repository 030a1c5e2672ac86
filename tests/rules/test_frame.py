"""Frames are whole cells of UTC; what the package's README shows is true."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

import clientela.rules
from clientela.rules import availability, slots, start_times, weekly_hours
from clientela.rules.frame import CELL, EPOCH, Frame

ZERO = datetime(2026, 6, 1, tzinfo=UTC)


@given(first=st.integers(-5000, 5000), length=st.integers(1, 5000))
def test_a_frame_covers_a_stretch_with_the_fewest_whole_cells(first: int, length: int) -> None:
    start, end = ZERO + timedelta(minutes=first), ZERO + timedelta(minutes=first + length)
    frame = Frame.covering(start, end)
    assert frame.origin <= start < frame.origin + CELL
    assert frame.end - CELL < end <= frame.end
    assert (frame.origin - EPOCH) % CELL == timedelta(0)
    assert frame.full.bit_count() == frame.cells
    assert frame.time_of(frame.cell_of(start)) == frame.origin


def test_another_zone_s_instants_make_the_same_frame() -> None:
    there = ZERO.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert Frame.covering(there, there + CELL) == Frame(ZERO, 1)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Frame(ZERO.replace(tzinfo=None), 1),
        lambda: Frame(ZERO + timedelta(minutes=1), 1),
        lambda: Frame(ZERO.astimezone(timezone(timedelta(hours=1))), 1),
        lambda: Frame(ZERO, 0),
        lambda: Frame.covering(ZERO, ZERO),
    ],
)
def test_a_frame_that_is_naive_off_the_grid_or_empty_is_refused(build: object) -> None:
    with pytest.raises(ValueError, match="frame"):
        build()


def test_the_worked_example_of_the_readme_runs_and_answers_what_it_says() -> None:
    text = (Path(clientela.rules.__file__).parent / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert example is not None
    names = {
        **vars(availability), **vars(slots), **vars(start_times), **vars(weekly_hours),
        "Frame": Frame, "timedelta": timedelta, "ana": UUID(int=1), "madrid": "Europe/Madrid",
        "monday": datetime(2026, 5, 31, 22, tzinfo=UTC), "ten": datetime(2026, 6, 1, 8, tzinfo=UTC),
    }  # fmt: skip
    exec(example[1], names)  # noqa: S102 -- our own README
    answer = names["answer"]
    assert answer[0] == "2026-06-01T09:00:00+02:00"
    assert [text[11:16] for text in answer] == [
        "09:00", "09:15", "10:45", "11:00", "11:15", "11:30", "11:45", "12:00",
    ]  # fmt: skip
