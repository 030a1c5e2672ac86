"""Starts as instants, text and JSON say the same; the nearest are the nearest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from clientela.rules.clock_time import to_local
from clientela.rules.frame import Frame
from clientela.rules.start_times import nearest_starts, start_json, start_texts, starts
from tests.rules.oracle import NAMED_ZONES

CELLS = 3 * 288


@given(
    mask=st.integers(0, 2**CELLS - 1),
    zone=st.sampled_from(NAMED_ZONES),
    day=st.integers(0, 3650),
    cell=st.integers(0, 287),
)
def test_text_and_json_are_the_local_readings_of_the_instants(
    mask: int, zone: str, day: int, cell: int
) -> None:
    frame = Frame(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, minutes=5 * cell), CELLS)
    expected = [to_local(at, zone).isoformat() for at in starts(mask=mask, frame=frame)]
    assert start_texts(mask=mask, frame=frame, zone_name=zone) == expected
    assert json.loads(start_json(mask=mask, frame=frame, zone_name=zone)) == expected


@given(mask=st.integers(0, 2**60 - 1), at=st.integers(-60, 400), limit=st.integers(0, 8))
def test_the_nearest_starts_are_the_nearest_and_of_two_as_near_the_later(
    mask: int, at: int, limit: int
) -> None:
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 60)
    asked = frame.origin + timedelta(minutes=at)
    everyone = starts(mask=mask, frame=frame)
    ranked = sorted(everyone, key=lambda start: (abs(start - asked), start < asked))
    assert nearest_starts(mask=mask, frame=frame, at=asked, limit=limit) == sorted(ranked[:limit])


def test_of_two_starts_as_near_the_later_is_taken() -> None:
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 60)
    found = nearest_starts(mask=0b101, frame=frame, at=frame.time_of(1), limit=1)
    assert found == [frame.time_of(2)]


def test_no_more_starts_are_read_than_asked_for() -> None:
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 60)
    assert starts(mask=0b10110, frame=frame, limit=2) == [frame.time_of(1), frame.time_of(2)]
    assert starts(mask=0, frame=frame) == []
    assert start_json(mask=0, frame=frame, zone_name="UTC") == "[]"
