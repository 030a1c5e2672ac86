"""Where a promise stands: at its reading, whatever becomes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.clock_time import NoSuchTime, wall_text
from clientela.rules.promised_start import promised_start

MADRID = "Europe/Madrid"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "stands", "belongs"),
    [
        ("2026-11-24T17:30", "2026-11-24T16:30", "2026-11-24T16:30"),
        # Promised when the clocks were thought to be an hour ahead, or behind.
        ("2026-11-24T17:30", "2026-11-24T15:30", "2026-11-24T16:30"),
        ("2026-07-01T09:00", "2026-07-01T08:00", "2026-07-01T07:00"),
        # The doubled hour: both are readings of the promise, and stay where they are.
        ("2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T00:30"),
        ("2026-10-25T02:30", "2026-10-25T01:30", "2026-10-25T01:30"),
        # One that has become double: the nearer one.
        ("2026-10-25T02:30", "2026-10-24T23:30", "2026-10-25T00:30"),
        ("2026-10-25T02:30", "2026-10-25T02:30", "2026-10-25T01:30"),
    ],
)
def test_a_promise_stands_at_its_reading(local, stands, belongs) -> None:
    found = promised_start(local=local, zone_name=MADRID, stands_at=utc(stands))
    assert found == utc(belongs)


def test_a_reading_that_the_clocks_jump_over_belongs_nowhere() -> None:
    with pytest.raises(NoSuchTime):
        promised_start(
            local="2026-03-29T02:30", zone_name=MADRID, stands_at=utc("2026-03-29T01:30")
        )


def test_a_zone_that_is_known_no_more_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        promised_start(local="2026-03-29T02:30", zone_name="Mars/Base", stands_at=utc("2026-03-29"))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- hypothesis wants bare bounds
    st.sampled_from([MADRID, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.sampled_from([timedelta(), timedelta(hours=1), timedelta(minutes=-30)]),
)
def test_wherever_it_stood_the_clocks_read_the_promise_where_it_belongs(at, zone, wrong) -> None:
    at = at.replace(second=0, microsecond=0)
    local = wall_text(at, zone)
    belongs = promised_start(local=local, zone_name=zone, stands_at=at + wrong)
    assert wall_text(belongs, zone) == local
    assert promised_start(local=local, zone_name=zone, stands_at=belongs) == belongs
