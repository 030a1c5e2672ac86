"""Intervals are set algebra on minutes."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from clientela.rules.interval import Interval, intersect, subtract, union

ZERO = datetime(2026, 3, 29, tzinfo=UTC)


def at(minute: int) -> datetime:
    return ZERO + timedelta(minutes=minute)


def interval(first: int, end: int) -> Interval:
    return Interval(at(first), at(end))


def minutes(intervals: list[Interval]) -> set[int]:
    return {minute for minute in range(130) if any(one.contains(at(minute)) for one in intervals)}


pairs = st.tuples(st.integers(0, 100), st.integers(1, 25)).map(lambda p: interval(p[0], sum(p)))
lists = st.lists(pairs, max_size=8)


@given(lists)
def test_union_keeps_the_minutes_and_leaves_gaps_between_sorted_intervals(
    some: list[Interval],
) -> None:
    merged = union(some)
    assert minutes(merged) == minutes(some)
    assert all(one.end < other.start for one, other in itertools.pairwise(merged))


@given(lists, lists)
def test_subtract_takes_away_exactly_the_taken_minutes(
    ours: list[Interval], taken: list[Interval]
) -> None:
    left = subtract(union(ours), union(taken))
    assert minutes(left) == minutes(ours) - minutes(taken)
    assert left == sorted(left)


@given(lists, lists)
def test_intersect_keeps_exactly_the_shared_minutes(
    ours: list[Interval], theirs: list[Interval]
) -> None:
    assert minutes(intersect(union(ours), union(theirs))) == minutes(ours) & minutes(theirs)


@given(pairs, pairs)
def test_overlap_and_cover_mean_what_sets_mean(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == bool(minutes([one]) & minutes([other]))
    assert one.covers(other) == (minutes([other]) <= minutes([one]))


def test_touching_is_not_overlapping_and_the_end_is_outside() -> None:
    assert not interval(0, 10).overlaps(interval(10, 20))
    assert not interval(0, 10).contains(at(10))
    assert union([interval(10, 20), interval(0, 10)]) == [interval(0, 20)]
    assert interval(0, 90).length == timedelta(minutes=90)


def test_what_is_no_stretch_of_exact_time_is_refused() -> None:
    for start, end in [(at(5), at(5)), (at(6), at(5)), (at(0).replace(tzinfo=None), at(5))]:
        with pytest.raises(ValueError, match="interval"):
            Interval(start, end)
