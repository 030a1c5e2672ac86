"""Every instant has a spelling, and every spelling one instant, in every zone and at every change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.integrations.business_file.fields import parse_stretch, stretch_text, wall_words
from clientela.integrations.business_file.index import exact
from clientela.rules.clock_time import known_zones

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
ODD = (
    "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Antarctica/Troll",
    "Africa/Casablanca", "Pacific/Apia", "Europe/Dublin", "Asia/Gaza", "Asia/Kathmandu",
)  # fmt: skip


@given(st.integers(min_value=0, max_value=16 * 366 * 288), st.sampled_from(sorted(known_zones())))
def test_what_is_written_is_read_as_the_same_instant(cell: int, zone: str) -> None:
    at = FIRST + cell * FIVE_MINUTES
    assert exact(wall_words(at, zone=zone), zone=zone) == at


@pytest.mark.parametrize("zone", ODD)
def test_no_two_instants_of_a_year_are_written_alike(zone: str) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    # Half hours are enough: no zone changes its clocks by less.
    instants = [start + number * timedelta(minutes=30) for number in range(365 * 48)]
    assert len({wall_words(at, zone=zone) for at in instants}) == len(instants)


@given(st.integers(0, 287), st.integers(1, 288))
def test_a_stretch_is_read_as_it_was_written(opens: int, closes: int) -> None:
    if opens < closes:
        assert parse_stretch(stretch_text(opens * 5, closes * 5)) == (opens * 5, closes * 5)
