"""Series keep the time on the wall through clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.clock_time import local_date, minute_of_day
from clientela.rules.series import MAX_OCCURRENCES, Occurrence, Recurrence, occurrences
from tests.rules.oracle import NAMED_ZONES

MADRID = "Europe/Madrid"
SUNDAY = date(2026, 3, 22)


@given(
    zone=st.sampled_from(NAMED_ZONES), day=st.integers(0, 3000), minute=st.integers(0, 287).map(lambda n: n * 5),
    weeks=st.integers(1, 5), count=st.integers(1, MAX_OCCURRENCES),
)  # fmt: skip
def test_every_occurrence_reads_the_same_on_the_wall_or_does_not_exist(
    zone: str, day: int, minute: int, weeks: int, count: int
) -> None:
    first = date(2026, 1, 1) + timedelta(day)
    found = occurrences(
        recurrence=Recurrence(first_on=first, minute=minute, every_weeks=weeks, count=count),
        zone_name=zone,
    )
    assert [one.on for one in found] == [first + timedelta(weeks=weeks * n) for n in range(count)]
    for one in found:
        if one.at is None:
            assert one.reason == "no-such-time"
        else:
            assert (local_date(one.at, zone), minute_of_day(one.at, zone)) == (one.on, minute)


def test_nine_in_the_morning_stays_nine_across_the_spring_change() -> None:
    found = occurrences(
        recurrence=Recurrence(first_on=SUNDAY, minute=540, count=2), zone_name=MADRID
    )
    assert [one.at for one in found] == [
        datetime(2026, 3, 22, 8, tzinfo=UTC),
        datetime(2026, 3, 29, 7, tzinfo=UTC),
    ]


def test_a_time_that_the_clocks_jump_over_is_reported_and_not_moved() -> None:
    found = occurrences(
        recurrence=Recurrence(first_on=SUNDAY, minute=150, count=3), zone_name=MADRID
    )
    assert found[1] == Occurrence(date(2026, 3, 29), None, "no-such-time")
    assert [one.reason for one in found] == [None, "no-such-time", None]


def test_a_doubled_time_is_meant_the_first_time_round() -> None:
    found = occurrences(
        recurrence=Recurrence(first_on=date(2026, 10, 25), minute=150, count=1), zone_name=MADRID
    )
    assert found[0].at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_skipped_date_counts_but_does_not_take_place() -> None:
    recurrence = Recurrence(
        first_on=SUNDAY, minute=540, every_weeks=2, count=3, skip=frozenset({date(2026, 4, 5)})
    )
    assert [one.on for one in occurrences(recurrence=recurrence, zone_name=MADRID)] == [
        SUNDAY,
        date(2026, 4, 19),
    ]


def test_an_end_date_is_inclusive() -> None:
    for until, count in ((date(2026, 4, 5), 3), (date(2026, 4, 4), 2), (SUNDAY, 1)):
        assert Recurrence(first_on=SUNDAY, minute=540, until=until).occurrences == count


@pytest.mark.parametrize(
    "ends",
    [
        {},
        {"count": 3, "until": date(2026, 12, 1)},
        {"count": 0},
        {"count": MAX_OCCURRENCES + 1},
        {"until": SUNDAY - timedelta(1)},
        {"until": date(2030, 1, 1)},
        {"count": 3, "every_weeks": 0},
        {"count": 104, "every_weeks": 10_000},
    ],
)
def test_a_series_that_does_not_end_or_never_begins_is_refused(ends: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="series"):
        Recurrence(first_on=SUNDAY, minute=540, **ends)
