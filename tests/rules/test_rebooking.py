"""People keep a time of their week: what is proposed to someone who comes again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from clientela.rules.clock_time import to_exact
from clientela.rules.rebooking import MINUTES_PER_WEEK, minute_of_week, nearest_to_time_of_week

MADRID = "Europe/Madrid"


def at(text: str) -> datetime:
    wall = datetime.fromisoformat(text)
    return to_exact(
        on=wall.date(),
        minute=wall.hour * 60 + wall.minute,
        zone_name=MADRID,
        gap="after",
        overlap="first",
    )


TUESDAY_TEN = at("2026-10-20 10:00")


def proposed(*starts: str, count: int = 3) -> list[datetime]:
    return nearest_to_time_of_week(
        starts=[at(start) for start in starts], like=TUESDAY_TEN, zone_name=MADRID, count=count
    )


def test_the_same_time_of_the_week_comes_first_and_the_soonest_week_of_it() -> None:
    assert proposed(
        "2026-10-21 10:00", "2026-11-10 10:00", "2026-11-03 10:00", "2026-11-03 10:15"
    ) == [at("2026-11-03 10:00"), at("2026-11-10 10:00"), at("2026-11-03 10:15")]


def test_the_clock_on_the_wall_counts_across_a_change_of_the_clocks() -> None:
    # The clocks go back on 25 October: 10:00 is an hour later from then on.
    assert proposed("2026-10-27 09:00", "2026-10-27 10:00", count=1) == [at("2026-10-27 10:00")]


def test_the_week_is_a_ring() -> None:
    near, far = at("2026-11-01 23:45"), at("2026-11-03 00:15")
    found = nearest_to_time_of_week(
        starts=[far, near], like=at("2026-10-26 00:15"), zone_name=MADRID, count=2
    )
    assert found == [near, far]


def test_no_more_than_asked_and_nothing_out_of_nothing() -> None:
    assert proposed(count=3) == []
    assert len(proposed("2026-10-27 10:00", "2026-11-03 10:00", count=1)) == 1


moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 -- Hypothesis wants them bare
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001 -- likewise
).map(lambda moment: moment.replace(tzinfo=UTC))


@given(starts=st.lists(moments, max_size=30), like=moments, count=st.integers(1, 5))
def test_what_is_proposed_is_never_further_from_the_time_of_week_than_what_is_not(
    starts: list[datetime], like: datetime, count: int
) -> None:
    def away(start: datetime) -> int:
        steps = minute_of_week(start, MADRID) - minute_of_week(like, MADRID)
        return min(abs(steps), MINUTES_PER_WEEK - abs(steps))

    chosen = nearest_to_time_of_week(starts=starts, like=like, zone_name=MADRID, count=count)
    left = list(starts)
    for one in chosen:
        left.remove(one)
    assert len(chosen) == min(count, len(starts))
    assert all(away(one) <= away(other) for one in chosen for other in left)
    assert [away(one) for one in chosen] == sorted(away(one) for one in chosen)


def test_a_whole_week_later_is_the_same_time_of_the_week() -> None:
    start = at("2026-06-03 17:30")
    assert minute_of_week(start, MADRID) == 2 * 1440 + 17 * 60 + 30
    assert minute_of_week(start + timedelta(weeks=1), MADRID) == minute_of_week(start, MADRID)
