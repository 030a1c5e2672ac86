"""The engine against the minute-by-minute oracle, and its small parts against plain lists."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from clientela.rules import local_days
from clientela.rules.availability import (
    cells_of,
    grid_mask,
    mask_of,
    meeting_starts,
    open_mask,
    run_starts,
    spans_of,
    startable,
    window_mask,
)
from clientela.rules.clock_time import OffsetSegment, known_zones, offset_segments
from clientela.rules.frame import CELL, Frame
from clientela.rules.interval import Interval
from clientela.rules.start_times import start_texts, starts
from clientela.rules.weekly_hours import Closure, DatedRow, HoursRow, WeeklyHours
from tests.rules.oracle import NAMED_ZONES, Timetable, free_starts, offset_changes, open_minutes

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def as_hours(timetable: Timetable) -> WeeklyHours:
    return WeeklyHours(
        rows=tuple(HoursRow(*row) for row in timetable.weekly),
        dated=tuple(DatedRow(*row) for row in timetable.dated),
        closures=tuple(Closure(on, on + DAY) for on in timetable.closed),
    )


def check_against_oracle(
    *,
    timetable: Timetable,
    zone: str,
    start: datetime,
    days: int,
    busy: list[tuple[datetime, datetime]],
    duration: int,
    before: int,
    after: int,
    grid: int,
) -> None:
    window = Interval(start, start + days * DAY)
    # Wider than what is asked for, so that buffers and ends of appointments can be seen.
    margin = timedelta(minutes=duration + before + after)
    frame = Frame.covering(window.start - margin, window.end + margin)
    opened = open_mask(hours=as_hours(timetable), zone_name=zone, frame=frame)
    minutes = open_minutes(hours=timetable, zone=zone, start=frame.origin, end=frame.end)
    assert starts(mask=opened, frame=frame) == sorted(at for at in minutes if at.minute % 5 == 0)
    free = startable(
        open_cells=opened,
        busy=mask_of(spans=busy, frame=frame),
        duration=cells_of(duration),
        before=cells_of(before),
        after=cells_of(after),
    )
    free &= grid_mask(zone_name=zone, grid_minutes=grid, frame=frame)
    free &= window_mask(window=window, frame=frame)
    expected = free_starts(
        opened=minutes, busy=busy, zone=zone, start=window.start, end=window.end,
        duration=duration, before=before, after=after, grid=grid,
    )  # fmt: skip
    assert starts(mask=free, frame=frame) == expected
    texts = start_texts(mask=free, frame=frame, zone_name=zone)
    assert [datetime.fromisoformat(text).astimezone(UTC) for text in texts] == expected


fives = st.integers(0, 287).map(lambda n: n * 5)
opening = st.tuples(fives, st.integers(1, 288).map(lambda n: n * 5)).filter(lambda r: r[0] < r[1])
ALL_DAY = Timetable(weekly=tuple((day, 0, 1440) for day in range(7)))
NIGHT_AND_DAY = Timetable(
    weekly=tuple(
        (day, *r) for day in range(7) for r in ((0, 120), (125, 200), (540, 750), (1380, 1440))
    )
)


@st.composite
def timetables(draw: st.DrawFn, around: date) -> Timetable:
    weekly = [(day, *row) for day in range(7) for row in draw(st.lists(opening, max_size=3))]
    near = st.integers(-1, 4).map(lambda n: around + n * DAY)
    dated = draw(st.lists(st.tuples(near, opening | st.just((None, None))), max_size=2))
    closed = draw(st.lists(near, max_size=1))
    return Timetable(tuple(weekly), tuple((on, *r) for on, r in dated), tuple(closed))


@given(data=st.data())
@settings(max_examples=1500 if PROVE else 25)
def test_every_start_offered_around_a_clock_change_is_what_the_wall_clock_says(
    data: st.DataObject,
) -> None:
    zone = data.draw(st.sampled_from(NAMED_ZONES))
    year = data.draw(st.integers(2026, 2036))
    begin = datetime(year, 1, 1, tzinfo=UTC)
    cuts = [one.start for one in offset_segments(zone, start=begin, end=begin + 366 * DAY)[1:]]
    at = data.draw(st.sampled_from([*cuts, begin + 100 * DAY]))
    start = at - data.draw(st.integers(0, 5)) * 5 * HOUR
    start -= timedelta(minutes=start.minute % 5)
    busy = []
    for first, length in data.draw(
        st.lists(st.tuples(st.integers(-20, 600), st.integers(1, 60)), max_size=8)
    ):
        busy.append((start + first * CELL, start + (first + length) * CELL))
    check_against_oracle(
        timetable=data.draw(timetables(around=start.date())),
        zone=zone,
        start=start,
        days=2,
        busy=busy,
        duration=data.draw(st.integers(1, 50)) * 5,
        before=data.draw(st.sampled_from((0, 5, 15, 60))),
        after=data.draw(st.sampled_from((0, 10, 45))),
        grid=data.draw(st.sampled_from((5, 10, 15, 20, 25, 30, 60, 90, 1440))),
    )


def changes_to_try() -> list[tuple[str, int]]:
    zones = sorted(known_zones()) if PROVE else NAMED_ZONES
    # A different year for each zone, so that a run sees every kind of change without seeing all.
    if PROVE:
        return [(zone, year) for zone in zones for year in range(2026, 2037)]
    return [(zone, 2026 + number % 11) for number, zone in enumerate(zones)]


@pytest.mark.parametrize(("zone", "year"), changes_to_try())
def test_hours_keep_their_wall_clock_reading_through_each_change_of_the_year(
    zone: str, year: int
) -> None:
    begin = datetime(year, 1, 1, tzinfo=UTC)
    for segment in offset_segments(zone, start=begin, end=begin + 366 * DAY)[1:]:
        check_against_oracle(
            timetable=NIGHT_AND_DAY, zone=zone, start=segment.start - 12 * HOUR, days=1,
            busy=[(segment.start - HOUR, segment.start - HOUR / 2)],
            duration=60, before=0, after=10, grid=15,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "year"),
    [(zone, 2026 + 2 * n % 11) for n, zone in enumerate(NAMED_ZONES[:: 1 if PROVE else 4])],
)
def test_every_change_of_the_offset_is_found_to_the_second(zone: str, year: int) -> None:
    begin = datetime(year, 1, 1, tzinfo=UTC)
    ours = [
        one.start
        for one in offset_segments(zone, start=begin, end=datetime(year + 1, 1, 1, tzinfo=UTC))[1:]
    ]
    assert ours == offset_changes(zone, year, year)


def test_the_oracle_notices_an_engine_that_forgets_the_clock_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one_offset(zone_name: str, *, start: datetime, end: datetime) -> list[OffsetSegment]:
        return [
            OffsetSegment(start, end, offset_segments(zone_name, start=start, end=end)[0].offset)
        ]

    asked = {
        "timetable": NIGHT_AND_DAY, "zone": "Europe/Madrid", "start": datetime(2026, 3, 28, 23, tzinfo=UTC),
        "days": 1, "busy": [], "duration": 30, "before": 0, "after": 0, "grid": 15,
    }  # fmt: skip
    check_against_oracle(**asked)
    monkeypatch.setattr(local_days, "offset_segments", one_offset)
    open_mask.cache_clear()
    grid_mask.cache_clear()
    try:
        with pytest.raises(AssertionError):
            check_against_oracle(**asked)
    finally:
        open_mask.cache_clear()
        grid_mask.cache_clear()


def test_a_skipped_hour_is_never_offered_and_a_doubled_hour_is_offered_twice_with_its_own_offset() -> (
    None
):
    spring, autumn = (
        Frame(datetime(2026, 3, 29, tzinfo=UTC), 36),
        Frame(datetime(2026, 10, 25, tzinfo=UTC), 36),
    )
    texts = [
        start_texts(
            mask=open_mask(hours=as_hours(ALL_DAY), zone_name="Europe/Madrid", frame=frame)
            & grid_mask(zone_name="Europe/Madrid", grid_minutes=30, frame=frame),
            frame=frame,
            zone_name="Europe/Madrid",
        )
        for frame in (spring, autumn)
    ]
    assert texts == [
        ["2026-03-29T01:00:00+01:00", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00",
         "2026-03-29T03:30:00+02:00", "2026-03-29T04:00:00+02:00", "2026-03-29T04:30:00+02:00"],
        ["2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00",
         "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00", "2026-10-25T03:30:00+01:00"],
    ]  # fmt: skip


def test_an_appointment_may_last_across_a_clock_change_in_exact_minutes() -> None:
    frame = Frame(datetime(2026, 3, 29, tzinfo=UTC), 24)
    hours = WeeklyHours(
        (HoursRow(6, 60, 240),)
    )  # Sunday 01:00 to 04:00 on the wall: two hours of time
    opened = open_mask(hours=hours, zone_name="Europe/Madrid", frame=frame)
    assert opened.bit_count() == 24
    free = startable(open_cells=opened, busy=0, duration=24, before=0, after=0)
    assert starts(mask=free, frame=frame) == [frame.origin]


def test_rows_apply_only_while_they_are_valid() -> None:
    hours = WeeklyHours(
        (
            HoursRow(0, 540, 600, valid_until=date(2026, 6, 8)),
            HoursRow(0, 600, 660, valid_from=date(2026, 6, 8), valid_until=date(2026, 6, 22)),
        )
    )
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 28 * 288)
    spans = spans_of(mask=open_mask(hours=hours, zone_name="UTC", frame=frame), frame=frame)
    assert [start.strftime("%d %H") for start, _ in spans] == ["01 09", "08 10", "15 10"]


def test_hours_that_meet_at_midnight_are_one_stretch() -> None:
    hours = WeeklyHours((HoursRow(0, 1380, 1440), HoursRow(1, 0, 60)))
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 2 * 288)
    mask = open_mask(hours=hours, zone_name="UTC", frame=frame)
    assert spans_of(mask=mask, frame=frame) == [
        (datetime(2026, 6, 1, 23, tzinfo=UTC), datetime(2026, 6, 2, 1, tzinfo=UTC))
    ]


def test_zones_off_the_five_minute_grid_are_refused_not_rounded() -> None:
    frame = Frame(datetime(1900, 6, 1, tzinfo=UTC), 288)
    with pytest.raises(ValueError, match="not on the grid"):
        open_mask(hours=as_hours(ALL_DAY), zone_name="Europe/Madrid", frame=frame)


@given(mask=st.integers(0, 2**70 - 1), length=st.integers(1, 20))
def test_run_starts_are_the_cells_with_a_whole_run_ahead(mask: int, length: int) -> None:
    expected = sum(1 << i for i in range(70) if all(mask >> (i + n) & 1 for n in range(length)))
    assert run_starts(mask, length) == expected


@given(busy=st.integers(0, 2**70 - 1), before=st.integers(0, 9), rest=st.integers(1, 20))
def test_meeting_starts_are_the_cells_whose_occupied_stretch_meets_something(
    busy: int, before: int, rest: int
) -> None:
    expected = sum(
        1 << i for i in range(80) if any(busy >> n & 1 for n in range(max(0, i - before), i + rest))
    )
    assert meeting_starts(busy, before=before, length=before + rest) == expected


@given(spans=st.lists(st.tuples(st.integers(-90, 700), st.integers(1, 90)), max_size=8))
def test_a_mask_of_spans_touches_every_cell_they_touch_and_no_other(
    spans: list[tuple[int, int]],
) -> None:
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 100)
    given_spans = [
        (frame.origin + timedelta(minutes=first), frame.origin + timedelta(minutes=first + length))
        for first, length in spans
    ]
    expected = {
        minute // 5
        for first, length in spans
        for minute in range(first, first + length)
        if 0 <= minute < 500
    }
    mask = mask_of(spans=given_spans, frame=frame)
    assert {cell for cell in range(100) if mask >> cell & 1} == expected
    assert mask_of(spans=spans_of(mask=mask, frame=frame), frame=frame) == mask


@given(first=st.integers(-50, 550), length=st.integers(1, 600))
def test_a_window_permits_the_cells_that_begin_inside_it(first: int, length: int) -> None:
    frame = Frame(datetime(2026, 6, 1, tzinfo=UTC), 100)
    window = Interval(
        frame.origin + timedelta(minutes=first), frame.origin + timedelta(minutes=first + length)
    )
    mask = window_mask(window=window, frame=frame)
    assert {n for n in range(101) if mask >> n & 1} == {
        n for n in range(100) if window.contains(frame.time_of(n))
    }


@pytest.mark.parametrize("minutes", [-5, 7])
def test_a_length_off_the_grid_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="multiple"):
        cells_of(minutes)


@pytest.mark.parametrize("grid", [0, 1445])
def test_a_start_grid_is_five_minutes_to_a_day(grid: int) -> None:
    with pytest.raises(ValueError, match="start grid"):
        grid_mask(
            zone_name="UTC", grid_minutes=grid, frame=Frame(datetime(2026, 6, 1, tzinfo=UTC), 9)
        )
