"""Hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from clientela.rules.hours_text import HoursUnreadable, hours_text, read_hours


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("09:00–13:30, 15:00–20:00", [(540, 810), (900, 1200)]),
        ("9-13, 15-20", [(540, 780), (900, 1200)]),
        ("9.30 to 17.00", [(570, 1020)]),
        ("9 a 14 y 16 a 20", [(540, 840), (960, 1200)]),
        ("9 alle 13 e 15 alle 19", [(540, 780), (900, 1140)]),
        ("15:00-20:00; 09:00-13:00", [(540, 780), (900, 1200)]),
        ("09:00-13:00, 13:00-17:00", [(540, 1020)]),
        ("22:00-24:00", [(1320, 1440)]),
        ("", []),
        ("cerrado", []),
    ],
)
def test_the_usual_ways_of_writing_are_read(text: str, ranges: list[tuple[int, int]]) -> None:
    assert read_hours(text) == ranges


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("morning", "unreadable"),
        ("09:00", "unreadable"),
        ("09:00-25:00", "not-a-time"),
        ("09:70-12:00", "not-a-time"),
        ("09:02-12:00", "not-by-five"),
        ("12:00-09:00", "ends-before-start"),
        ("09:00-09:00", "ends-before-start"),
        ("09:00-13:00, 12:00-15:00", "overlap"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_piece_that_is_wrong(text: str, word: str) -> None:
    with pytest.raises(HoursUnreadable) as refused:
        read_hours(text)
    assert refused.value.word == word
    assert refused.value.part


@given(st.sets(st.integers(0, 288), min_size=2, max_size=12))
def test_what_is_written_reads_back_the_same(cells: set[int]) -> None:
    edges = [cell * 5 for cell in sorted(cells)]
    ranges = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    assert read_hours(hours_text(ranges)) == ranges


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_word(text: str) -> None:
    try:
        read_hours(text)
    except HoursUnreadable as refused:
        assert refused.word in {  # noqa: PT017 -- either outcome is right
            "unreadable",
            "not-a-time",
            "not-by-five",
            "ends-before-start",
            "overlap",
        }
