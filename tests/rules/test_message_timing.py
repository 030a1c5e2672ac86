"""When messages are due: words, instants, and the days on which the clocks change (TIM-04)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo  # noqa: TID251 -- the expected wall times are made by a second way

import pytest
from hypothesis import given, strategies as st

from clientela.rules import clock_time, message_timing as timing

MADRID = "Europe/Madrid"
# Zones whose clocks change at midnight, by half an hour, or not at all; and one that skipped a whole day.
ZONES = [MADRID, "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]  # fmt: skip
STEPS = st.integers(1, timing.LONGEST_MINUTES // 5).map(lambda one: one * 5)
MOMENTS = st.integers(0, 11 * 366 * 1440).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def wall(text: str, zone: str = MADRID, *, fold: int = 0) -> datetime:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return local.astimezone(UTC)


def due(word: str, starts_at: datetime, zone: str = MADRID) -> datetime:
    return timing.due_at(
        timing=timing.parse(word),
        happened_at=datetime(2026, 1, 1, tzinfo=UTC),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        zone=zone,
    )


@pytest.mark.req("TIM-04")
@pytest.mark.parametrize(
    ("word", "starts", "expected"),
    [
        # An ordinary week: both ways say nine o'clock.
        ("before:1440", wall("2026-11-24 09:00"), wall("2026-11-23 09:00")),
        ("day:1@540", wall("2026-11-24 17:30"), wall("2026-11-23 09:00")),
        # The clocks go forward on 29 March: 24 hours before nine is eight; the day before at nine stays nine.
        ("before:1440", wall("2026-03-29 09:00"), wall("2026-03-28 08:00")),
        ("day:1@540", wall("2026-03-29 09:00"), wall("2026-03-28 09:00")),
        # And back on 25 October.
        ("before:1440", wall("2026-10-25 09:00"), wall("2026-10-24 10:00")),
        ("day:1@540", wall("2026-10-25 09:00"), wall("2026-10-24 09:00")),
        # A reading that is skipped is the first instant after it; of a doubled one, the first.
        ("day:1@150", wall("2026-03-30 09:00"), wall("2026-03-29 03:00")),
        ("day:1@150", wall("2026-10-26 09:00"), wall("2026-10-25 02:30")),
        ("day:2@1200", wall("2026-11-24 00:00"), wall("2026-11-22 20:00")),
        ("after:120", wall("2026-11-24 09:00"), wall("2026-11-24 11:45")),
        ("", wall("2026-11-24 09:00"), datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_each_timing_is_due_when_its_words_say(word, starts, expected):
    assert due(word, starts) == expected


def test_the_day_before_is_the_places_day_not_the_readers():
    starts_at = wall("2026-11-25 00:30", "Asia/Tokyo")  # still the 24th in Madrid
    assert due("day:1@540", starts_at, "Asia/Tokyo") == wall("2026-11-24 09:00", "Asia/Tokyo")


@given(
    starts_at=MOMENTS,
    minutes=STEPS,
    zone=st.sampled_from(ZONES),
)
def test_minutes_before_are_elapsed_whatever_the_clocks_do(starts_at, minutes, zone):
    assert starts_at - due(f"before:{minutes}", starts_at, zone) == timedelta(minutes=minutes)


@given(
    starts_at=MOMENTS,
    days=st.integers(1, timing.LONGEST_DAYS),
    minute=st.integers(0, 287).map(lambda one: one * 5),
    zone=st.sampled_from(ZONES),
)
def test_days_before_show_the_wanted_reading_unless_the_clocks_skip_it(
    starts_at, days, minute, zone
):
    at = due(f"day:{days}@{minute}", starts_at, zone)
    on = clock_time.local_date(starts_at, zone) - timedelta(days=days)
    shown = (clock_time.local_date(at, zone), clock_time.minute_of_day(at, zone))
    before = at - timedelta(seconds=1)
    was = (clock_time.local_date(before, zone), clock_time.minute_of_day(before, zone))
    assert shown == (on, minute) or was < (on, minute) < shown
    assert at < starts_at


@pytest.mark.parametrize(
    "word",
    ["", "before:5", "before:1440", f"before:{timing.LONGEST_MINUTES}", "day:1@540", "day:60@1435", "day:1@0", "after:120"],
)  # fmt: skip
def test_a_word_reads_back_as_itself(word):
    assert timing.parse(word).text == word


@pytest.mark.parametrize(
    "word",
    [
        "before", "before:", "before:0", "before:7", "before:86405", "before:-60", "before: 60", "before:60 ",
        "after:0", "after:999999", "day:0@540", "day:61@540", "day:1@1440", "day:1@541", "day:1", "soon",
        "before:٦٠", "at-once", "BEFORE:60", "before:60\n",
    ],
)  # fmt: skip
def test_what_nobody_could_mean_is_refused(word):
    with pytest.raises(timing.TimingInvalid):
        timing.parse(word)


def test_only_what_is_at_once_does_not_wait():
    words = ["", "before:60", "day:1@540", "after:60"]
    assert [timing.is_future(timing.parse(one)) for one in words] == [False, True, True, True]
