"""Who on the waiting list is told of a freed time, and when: the longest waiting first, nobody twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from clientela.rules import clock_time
from clientela.rules.waiting import ALONE, NEAR, Turn, Wait, tell_at, turns

MADRID = "Europe/Madrid"
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
HALF_HOUR = timedelta(minutes=30)


def wait(number: int, *, starts: list[datetime], **values: object) -> Wait:
    """One who has waited since so many minutes before now, for this week at any hour."""
    usual = {
        "since": NOW - timedelta(days=1) + timedelta(minutes=number),
        "first_day": MONDAY,
        "last_day": MONDAY + timedelta(days=6),
        "zone": MADRID,
    }
    return Wait(key=UUID(int=number), starts=starts, **usual | values)  # type: ignore[arg-type]  # words of a test


def test_the_longest_waiting_is_told_at_once_and_the_others_half_an_hour_apart() -> None:
    start = NOW + timedelta(days=1)
    found = turns(
        waits=[wait(3, starts=[start]), wait(1, starts=[start]), wait(2, starts=[start])], now=NOW
    )
    assert [one.key.int for one in found] == [1, 2, 3]
    assert [one.tell_at - NOW for one in found] == [0 * ALONE, ALONE, 2 * ALONE]


def test_when_the_start_is_near_all_are_told_at_once() -> None:
    start = NOW + NEAR
    found = turns(waits=[wait(one, starts=[start]) for one in range(4)], now=NOW)
    assert {one.tell_at for one in found} == {NOW}


def test_the_last_are_told_together_before_it_comes_near() -> None:
    start = NOW + NEAR + ALONE + timedelta(minutes=10)
    found = turns(waits=[wait(one, starts=[start]) for one in range(4)], now=NOW)
    assert [one.tell_at - NOW for one in found] == [
        timedelta(), HALF_HOUR, timedelta(minutes=40), timedelta(minutes=40),
    ]  # fmt: skip


def test_whom_nothing_suits_takes_no_turn() -> None:
    start = NOW + timedelta(days=1)
    other_day = {"first_day": MONDAY + timedelta(days=3)}
    found = turns(waits=[wait(1, starts=[start], **other_day), wait(2, starts=[start])], now=NOW)
    assert found == (Turn(UUID(int=2), start, NOW),)


def test_a_start_is_told_once_and_the_next_one_that_suits_instead() -> None:
    first, second = NOW + timedelta(days=1), NOW + timedelta(days=1, minutes=15)
    told = wait(1, starts=[first, second], told={first})
    assert turns(waits=[told], now=NOW) == (Turn(UUID(int=1), second, NOW),)


@pytest.mark.parametrize(
    ("minute", "fits"),
    [(16 * 60 - 5, False), (16 * 60, True), (19 * 60 + 55, True), (20 * 60, False)],
)
def test_hours_are_those_of_the_clock_at_the_place(minute: int, *, fits: bool) -> None:
    at = clock_time.to_exact(
        on=MONDAY, minute=minute, zone_name=MADRID, gap="after", overlap="first"
    )
    evening = wait(1, starts=[], from_minute=16 * 60, until_minute=20 * 60)
    assert evening.fits(at) is fits


def test_the_last_day_counts_until_its_midnight_at_the_place() -> None:
    sunday = wait(1, starts=[])
    last = clock_time.to_exact(
        on=MONDAY + timedelta(days=6),
        minute=23 * 60 + 55,
        zone_name=MADRID,
        gap="after",
        overlap="first",
    )
    assert sunday.fits(last)
    assert not sunday.fits(last + timedelta(minutes=5))


STARTS = st.lists(st.integers(-12, 24 * 12).map(lambda one: NOW + timedelta(minutes=5 * one)), unique=True, max_size=6).map(sorted)  # fmt: skip
WAITS = st.lists(
    st.tuples(st.integers(0, 40), STARTS, st.sets(st.integers(0, 5)), st.integers(0, 1), st.integers(0, 20)),
    max_size=8,
    unique_by=lambda one: one[0],
)  # fmt: skip


@given(WAITS)
def test_whatever_becomes_free_the_promises_of_the_list_hold(given_waits: list) -> None:
    waits = [
        wait(
            number,
            starts=starts,
            told={starts[one] for one in told if one < len(starts)},
            first_day=MONDAY + timedelta(days=first),
            from_minute=hour * 60,
        )
        for number, starts, told, first, hour in given_waits
    ]
    by_key = {one.key: one for one in waits}
    found = turns(waits=waits, now=NOW)
    assert len({one.key for one in found}) == len(found)
    assert [by_key[one.key].since for one in found] == sorted(
        by_key[one.key].since for one in found
    )
    for number, turn in enumerate(found):
        who = by_key[turn.key]
        assert turn.starts_at in who.starts
        assert turn.starts_at not in who.told
        assert who.fits(turn.starts_at)
        assert NOW <= turn.tell_at <= max(NOW, turn.starts_at - NEAR)
        assert turn.tell_at <= NOW + number * ALONE
        assert turn.starts_at > NOW
    if found:
        assert found[0].tell_at == NOW
    silent = [one for one in waits if one.key not in {turn.key for turn in found}]
    assert not any(
        at > NOW and at not in one.told and one.fits(at) for one in silent for at in one.starts
    )


@given(st.integers(0, 50), st.integers(0, 600))
def test_nobody_is_told_before_who_waits_longer(turn: int, minutes: int) -> None:
    start = NOW + timedelta(minutes=minutes)
    earlier, later = (tell_at(turn=one, starts_at=start, now=NOW) for one in (turn, turn + 1))
    assert earlier <= later <= earlier + ALONE
