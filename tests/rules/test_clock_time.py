"""The one converter: gaps, doubled hours, odd zones, and the edges of the calendar."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given, strategies as st

from clientela.rules import clock_time
from clientela.rules.clock_time import (
    NoSuchTime,
    day_interval,
    fold_label,
    is_known_zone,
    known_zones,
    local_date,
    minute_of_day,
    offset_segments,
    to_exact,
    to_local,
    wall_text,
    zone,
    zone_abbreviation,
)
from tests.rules.oracle import NAMED_ZONES

MADRID = "Europe/Madrid"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@given(
    zone_name=st.sampled_from(NAMED_ZONES),
    minute=st.integers(0, 11 * 366 * 1440),
)
def test_an_instant_comes_back_from_the_wall_clock_as_itself(zone_name: str, minute: int) -> None:
    at = utc(2026, 1, 1) + timedelta(minutes=minute)
    overlap: Literal["first", "second"] = (
        "second" if fold_label(at, zone_name) == "again" else "first"
    )
    assert at == to_exact(
        on=local_date(at, zone_name), minute=minute_of_day(at, zone_name), zone_name=zone_name,
        gap="refuse", overlap=overlap,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "minute", "zone_name", "jump"),
    [
        (date(2026, 3, 29), 150, MADRID, utc(2026, 3, 29, 1)),
        (date(2026, 10, 4), 135, "Australia/Lord_Howe", utc(2026, 10, 3, 15, 30)),
        (date(2026, 3, 29), 65, "Antarctica/Troll", utc(2026, 3, 29, 1)),
        (date(2026, 9, 27), 170, "Pacific/Chatham", utc(2026, 9, 26, 14)),
        (date(2011, 12, 30), 720, "Pacific/Apia", utc(2011, 12, 30, 10)),
    ],
)
def test_a_reading_in_a_gap_is_refused_or_becomes_the_instant_of_the_jump(
    on: date, minute: int, zone_name: str, jump: datetime
) -> None:
    with pytest.raises(NoSuchTime):
        to_exact(on=on, minute=minute, zone_name=zone_name, gap="refuse", overlap="first")
    assert to_exact(on=on, minute=minute, zone_name=zone_name, gap="after", overlap="first") == jump


def test_a_doubled_reading_is_the_first_or_the_second_as_asked_and_labelled() -> None:
    first, second = (
        to_exact(on=date(2026, 10, 25), minute=150, zone_name=MADRID, gap="refuse", overlap=overlap)
        for overlap in ("first", "second")
    )
    assert (first, second) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))
    assert (fold_label(first, MADRID), fold_label(second, MADRID)) == ("first", "again")
    assert fold_label(utc(2026, 10, 25, 2), MADRID) is None
    assert fold_label(utc(2026, 3, 29, 1), MADRID) is None


def test_minute_1440_is_the_midnight_that_ends_the_date() -> None:
    assert to_exact(
        on=date(2028, 2, 29), minute=1440, zone_name="UTC", gap="refuse", overlap="first"
    ) == utc(2028, 3, 1)
    for minute in (-1, 1441):
        with pytest.raises(ValueError, match="minutes of a day"):
            to_exact(
                on=date(2028, 2, 29), minute=minute, zone_name="UTC", gap="after", overlap="first"
            )


@pytest.mark.parametrize(
    ("on", "zone_name", "hours"),
    [
        (date(2026, 3, 29), MADRID, 23),
        (date(2026, 10, 25), MADRID, 25),
        (date(2026, 7, 1), MADRID, 24),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2026, 10, 25), "Antarctica/Troll", 26),
    ],
)
def test_a_local_day_is_as_long_as_its_clocks_make_it(
    on: date, zone_name: str, hours: float
) -> None:
    day = day_interval(on, zone_name)
    assert day is not None
    assert day.length == timedelta(hours=hours)


def test_a_date_that_was_skipped_has_no_day() -> None:
    assert day_interval(date(2011, 12, 30), "Pacific/Apia") is None


def test_segments_join_into_the_whole_stretch_and_neighbours_differ() -> None:
    start, end = utc(2026, 1, 10, 3), utc(2027, 5, 1)
    for name in NAMED_ZONES:
        segments = offset_segments(name, start=start, end=end)
        assert (segments[0].start, segments[-1].end) == (start, end)
        for one, other in itertools.pairwise(segments):
            assert one.end == other.start
            assert one.offset != other.offset


def test_a_change_at_the_edge_of_a_remembered_stretch_is_not_lost() -> None:
    for day in range(40):
        start = utc(2026, 3, 1) - timedelta(days=day)
        segments = offset_segments(MADRID, start=start, end=utc(2026, 4, 20))
        assert [one.start for one in segments] == [start, utc(2026, 3, 29, 1)]
    assert offset_segments(MADRID, start=utc(2026, 3, 29, 1), end=utc(2026, 3, 29, 2))[
        0
    ].offset == timedelta(hours=2)
    assert offset_segments(MADRID, start=utc(2026, 4, 2), end=utc(2026, 4, 2)) == []


def test_only_the_names_of_places_are_zones() -> None:
    assert is_known_zone(MADRID)
    assert {"UTC", "Africa/Casablanca", "Pacific/Chatham"} <= known_zones()
    for name in (
        "",
        "europe/madrid",
        "CEST+1",
        "../../etc/passwd",
        "/etc/localtime",
        "Factory",
        "localtime",
        "Madrid",
    ):
        assert not is_known_zone(name)
        with pytest.raises(ValueError, match="unknown time zone"):
            zone(name)


@pytest.mark.parametrize(
    ("at", "zone_name", "short", "wall"),
    [
        (utc(2026, 3, 29, 7), MADRID, "CEST", "2026-03-29T09:00"),
        (utc(2026, 1, 1), MADRID, "CET", "2026-01-01T01:00"),
        (utc(2026, 1, 1), "Pacific/Chatham", "UTC+13:45", "2026-01-01T13:45"),
        (utc(2026, 1, 1), "America/Sao_Paulo", "UTC-03", "2025-12-31T21:00"),
    ],
)
def test_the_wall_text_and_the_short_name_are_those_of_the_instant(
    at: datetime, zone_name: str, short: str, wall: str
) -> None:
    assert zone_abbreviation(at, zone_name) == short
    assert wall_text(at, zone_name) == wall


def test_naive_time_and_the_ends_of_the_calendar_are_refused_with_words() -> None:
    with pytest.raises(ValueError, match="aware"):
        to_local(datetime(2026, 1, 1), MADRID)  # noqa: DTZ001 -- naive on purpose
    with pytest.raises(ValueError, match="calendar"):
        to_local(utc(9999, 12, 31, 23, 59), MADRID)
    with pytest.raises(ValueError, match="calendar"):
        offset_segments(MADRID, start=utc(9999, 12, 31), end=utc(9999, 12, 31, 1))
    for on, minute in ((date.max, 1440), (date.min, 0)):
        with pytest.raises(ValueError, match="calendar"):
            to_exact(on=on, minute=minute, zone_name="Asia/Tokyo", gap="after", overlap="first")


def test_the_release_of_the_zone_data_is_known() -> None:
    assert clock_time.tzdata_version() == clock_time.tzdata_source().version
    assert clock_time.tzdata_version() >= "2025a"
