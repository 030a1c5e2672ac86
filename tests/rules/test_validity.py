"""Until when what was sold counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, strategies as st

from clientela.rules.validity import last_day


@pytest.mark.req("S1.22")
@pytest.mark.parametrize(
    ("applies_on", "count", "unit", "ends"),
    [
        (date(2026, 11, 12), 6, "month", date(2027, 5, 12)),
        (date(2026, 11, 23), 6, "month", date(2027, 5, 23)),
        (date(2027, 7, 2), 30, "day", date(2027, 8, 1)),
        (date(2027, 8, 31), 1, "month", date(2027, 9, 30)),
        (date(2028, 1, 31), 1, "month", date(2028, 2, 29)),
        (date(2027, 12, 31), 12, "month", date(2028, 12, 31)),
        (date(2027, 11, 30), 3, "month", date(2028, 2, 29)),
        (date(2027, 7, 2), None, "month", None),
    ],
)
def test_validity_runs_from_the_day_of_application(
    applies_on: date, count: int | None, unit: str, ends: date | None
) -> None:
    assert last_day(applies_on=applies_on, count=count, unit=unit) == ends


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 240))
def test_months_keep_the_number_of_the_day_or_take_the_last_of_a_short_month(
    applies_on: date, count: int
) -> None:
    ends = last_day(applies_on=applies_on, count=count, unit="month")
    assert ends is not None
    months = (ends.year - applies_on.year) * 12 + ends.month - applies_on.month
    assert months == count
    assert ends.day == min(applies_on.day, monthrange(ends.year, ends.month)[1])


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 3000))
def test_days_are_counted_without_the_first(applies_on: date, count: int) -> None:
    ends = last_day(applies_on=applies_on, count=count, unit="day")
    assert ends is not None
    assert (ends - applies_on).days == count


def test_no_term_is_shorter_than_one_or_counted_in_weeks() -> None:
    with pytest.raises(ValueError, match="at least one"):
        last_day(applies_on=date(2027, 7, 2), count=0, unit="day")
    with pytest.raises(ValueError, match="days or months"):
        last_day(applies_on=date(2027, 7, 2), count=1, unit="week")
