"""Quiet hours by membership: a minute is quiet if the clock shows it so, also on the days the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo  # noqa: TID251 -- the expected wall times are made by a second way

import pytest
from hypothesis import given, strategies as st

from clientela.rules import clock_time
from clientela.rules.quiet_hours import is_quiet, quiet_until

MADRID = "Europe/Madrid"
ZONES = [MADRID, "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata"]
STEP = st.integers(0, 288).map(lambda one: one * 5)
MOMENTS = st.integers(0, 11 * 366 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def wall(text: str, *, fold: int = 0) -> datetime:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(MADRID), fold=fold)
    return local.astimezone(UTC)


def until(at: datetime, from_minute: int | None = 1260, until_minute: int | None = 480):
    return quiet_until(at=at, from_minute=from_minute, until_minute=until_minute, zone=MADRID)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (wall("2026-11-24 20:59"), None),
        (wall("2026-11-24 21:00"), wall("2026-11-25 08:00")),
        (wall("2026-11-25 00:00"), wall("2026-11-25 08:00")),
        (wall("2026-11-25 07:59"), wall("2026-11-25 08:00")),
        (wall("2026-11-25 08:00"), None),
        # The night in which the clocks go forward is an hour shorter; back, an hour longer.
        (wall("2026-03-28 22:00"), wall("2026-03-29 08:00")),
        (wall("2026-10-24 22:00"), wall("2026-10-25 08:00")),
    ],
)
def test_a_night_ends_in_the_morning(at, expected):
    assert until(at) == expected


@pytest.mark.parametrize(("from_minute", "until_minute"), [(None, None), (None, 480), (1260, None), (600, 600)])  # fmt: skip
def test_without_both_ends_or_between_the_same_twice_nothing_is_quiet(from_minute, until_minute):
    assert until(wall("2026-11-24 23:00"), from_minute, until_minute) is None


def test_a_stretch_within_the_day_is_quiet_within_the_day_only():
    assert until(wall("2026-11-24 14:30"), 840, 960) == wall("2026-11-24 16:00")
    assert until(wall("2026-11-24 23:30"), 840, 960) is None


def test_an_end_that_the_clocks_skip_is_the_jump_and_a_doubled_one_ends_each_time():
    assert until(wall("2026-03-29 01:00"), 0, 150) == wall("2026-03-29 03:00")
    assert until(wall("2026-10-25 02:10"), 60, 150) == wall("2026-10-25 02:30")
    again = wall("2026-10-25 02:10", fold=1)
    assert until(again, 60, 150) == wall("2026-10-25 02:30", fold=1)


@given(
    now=MOMENTS,
    from_minute=STEP,
    until_minute=STEP,
    zone=st.sampled_from(ZONES),
)
def test_nothing_before_the_answer_is_loud_and_the_answer_is_not_quiet(
    now, from_minute, until_minute, zone
):
    hours = {"from_minute": from_minute, "until_minute": until_minute}

    def quiet(one: datetime) -> bool:
        if from_minute == until_minute:
            return False
        return is_quiet(minute=clock_time.minute_of_day(one, zone), **hours)

    end = quiet_until(at=now, **hours, zone=zone)
    assert (end is None) == (not quiet(now))
    if end is None or (from_minute, until_minute) == (0, 1440):
        return
    assert not quiet(end)
    assert end - now <= timedelta(hours=25)
    minutes = range(0, int((end - now).total_seconds()) // 60, 5)
    assert all(quiet(now + timedelta(minutes=one)) for one in minutes)
