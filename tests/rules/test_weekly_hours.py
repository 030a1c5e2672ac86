"""Hours as rows: precedence of closures, dated rows and the week; validity; refusals."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.weekly_hours import Closure, DatedRow, HoursRow, WeeklyHours, merge_minutes

MONDAY = date(2026, 6, 1)


def test_a_closure_beats_a_dated_row_and_a_dated_row_replaces_the_week() -> None:
    hours = WeeklyHours(
        rows=(HoursRow(0, 540, 750), HoursRow(0, 810, 1080), HoursRow(1, 540, 750)),
        dated=(
            DatedRow(MONDAY + timedelta(7), 600, 660),
            DatedRow(MONDAY + timedelta(14)),
            DatedRow(MONDAY + timedelta(21), 600, 660),
        ),
        closures=(Closure(MONDAY + timedelta(21), MONDAY + timedelta(23)),),
    )
    week = timedelta(7)
    assert [hours.open_minutes(MONDAY + n * week) for n in range(4)] == [
        ((540, 750), (810, 1080)),
        ((600, 660),),
        (),
        (),
    ]
    assert [hours.is_closed_on(MONDAY + timedelta(day)) for day in (20, 21, 22, 23)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert hours.open_minutes(MONDAY + timedelta(2)) == ()


def test_a_dated_row_may_open_a_day_that_is_closed_every_week() -> None:
    sunday = MONDAY - timedelta(1)
    hours = WeeklyHours(rows=(HoursRow(0, 540, 750),), dated=(DatedRow(sunday, 600, 660),))
    assert hours.open_minutes(sunday) == ((600, 660),)


def test_validity_begins_on_its_first_date_and_ends_before_its_last() -> None:
    row = HoursRow(0, 540, 600, valid_from=MONDAY, valid_until=MONDAY + timedelta(7))
    assert [row.applies_on(MONDAY + timedelta(day)) for day in (-7, 0, 1, 7)] == [
        False,
        True,
        False,
        False,
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 30)).map(lambda p: (p[0], sum(p))), max_size=6
    )
)
def test_merged_minutes_are_the_same_minutes(ranges: list[tuple[int, int]]) -> None:
    merged = merge_minutes(ranges)
    assert {m for a, b in merged for m in range(a, b)} == {
        m for a, b in ranges for m in range(a, b)
    }
    assert all(one[1] < other[0] for one, other in itertools.pairwise(merged))


@pytest.mark.parametrize(
    "build",
    [
        lambda: HoursRow(7, 540, 600),
        lambda: HoursRow(-1, 540, 600),
        lambda: HoursRow(0, 600, 600),
        lambda: HoursRow(0, 1380, 1500),
        lambda: HoursRow(0, 542, 600),
        lambda: DatedRow(MONDAY, 540),
        lambda: DatedRow(MONDAY, None, 540),
        lambda: DatedRow(MONDAY, 600, 540),
        lambda: Closure(MONDAY, MONDAY),
    ],
)
def test_rows_that_mean_nothing_are_refused(build: object) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        build()
