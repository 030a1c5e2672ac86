"""Offers with several needs at once are exact, and the choice of resources is deterministic."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from clientela.rules.availability import startable
from clientela.rules.frame import Frame
from clientela.rules.interval import Interval
from clientela.rules.slots import (
    Need,
    ResourceTime,
    ServiceTime,
    SessionSeats,
    candidates_at,
    choose_resources,
    is_matched,
    offered_sessions,
    offered_slots,
)

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
CELLS = 40
FRAME = Frame(datetime(2026, 6, 1, tzinfo=UTC), CELLS)
masks = st.integers(0, 2**CELLS - 1)
times = st.builds(
    ServiceTime,
    st.integers(1, 5).map(lambda n: n * 5),
    st.sampled_from((0, 5, 10)),
    st.sampled_from((0, 5, 10)),
)


def one(number: int) -> UUID:
    return UUID(int=number)


@st.composite
def needs_of(draw: st.DrawFn) -> list[Need]:
    """Up to four needs that share some of five resources, mostly open and seldom busy."""
    resources = [
        ResourceTime(
            one(number),
            draw(masks) & draw(masks) & draw(masks),
            draw(st.none() | masks.map(lambda mask: mask | (2**20 - 1))),
        )
        for number in range(5)
    ]
    return [
        Need(
            f"kind-{n}", tuple(draw(st.lists(st.sampled_from(resources), max_size=4, unique=True)))
        )
        for n in range(draw(st.integers(1, 4)))
    ]


def works(
    needs: list[Need], time: ServiceTime, cell: int, permitted: int
) -> list[tuple[UUID, ...]]:
    """Every way to meet the needs at a cell, by trying all of them."""
    if not permitted >> cell & 1:
        return []
    everything = 2**CELLS - 1

    def is_free(resource: ResourceTime) -> bool:
        free = startable(
            open_cells=everything << 0 if resource.open_cells is None else resource.open_cells,
            busy=resource.busy, duration=time.duration, before=time.before,
            after=time.occupied - time.before - time.duration,
        )  # fmt: skip
        if resource.open_cells is None:  # always open, also beyond the frame
            occupied = range(cell - time.before, cell - time.before + time.occupied)
            return not any(at >= 0 and resource.busy >> at & 1 for at in occupied)
        return bool(free >> cell & 1)

    ways = product(*([r.resource_id for r in need.any_of if is_free(r)] for need in needs))
    return [way for way in ways if len(set(way)) == len(way)]


@settings(max_examples=2000 if PROVE else 40)
@given(needs=needs_of(), time=times, permitted=masks)
def test_a_start_is_offered_iff_each_need_can_have_a_resource_of_its_own(
    needs: list[Need], time: ServiceTime, permitted: int
) -> None:
    offered = offered_slots(needs=needs, time=time, permitted=permitted)
    for cell in range(CELLS):
        ways = works(needs, time, cell, permitted)
        assert bool(offered >> cell & 1) == bool(ways)
        start = FRAME.time_of(cell)
        if permitted >> cell & 1:
            chosen = choose_resources(needs=needs, time=time, frame=FRAME, start=start)
            assert chosen == (ways[0] if ways else None)
            for need in range(len(needs)):
                possible = candidates_at(
                    needs=needs, time=time, frame=FRAME, start=start, need=need
                )
                assert set(possible) == {way[need] for way in ways}


def test_two_needs_that_share_one_room_never_take_it_both() -> None:
    room, other = ResourceTime(one(1), 0), ResourceTime(one(2), 0b1000)
    needs = [Need("room", (room, other)), Need("room", (room, other))]
    time = ServiceTime(5)
    assert offered_slots(needs=needs, time=time, permitted=0b1111) == 0b0111
    assert choose_resources(needs=needs, time=time, frame=FRAME, start=FRAME.origin) == (
        one(1),
        one(2),
    )
    # The first need must leave the shared room to the one that has no other.
    picky = [Need("room", (room, other)), Need("bath", (room,))]
    assert choose_resources(needs=picky, time=time, frame=FRAME, start=FRAME.origin) == (
        one(2),
        one(1),
    )


def test_any_professional_is_offered_where_one_of_them_is_free_and_says_who() -> None:
    needs = [Need("professional", (ResourceTime(one(1), 0b0011), ResourceTime(one(2), 0b0110)))]
    time = ServiceTime(5)
    assert offered_slots(needs=needs, time=time, permitted=0b1111) == 0b1101
    free = [
        candidates_at(needs=needs, time=time, frame=FRAME, start=FRAME.time_of(cell), need=0)
        for cell in range(4)
    ]
    assert free == [(one(2),), (), (one(1),), (one(1), one(2))]


def test_a_pinned_need_keeps_its_resource_or_the_choice_fails() -> None:
    needs = [
        Need("professional", (ResourceTime(one(1), 0), ResourceTime(one(2), 0))),
        Need("room", (ResourceTime(one(3), 0),)),
    ]
    time, start = ServiceTime(5), FRAME.origin
    assert choose_resources(
        needs=needs, time=time, frame=FRAME, start=start, pinned={0: one(2)}
    ) == (one(2), one(3))
    assert (
        choose_resources(needs=needs, time=time, frame=FRAME, start=start, pinned={0: one(9)})
        is None
    )


def test_nothing_is_offered_without_needs_off_the_grid_or_outside_the_frame() -> None:
    time = ServiceTime(5)
    needs = [Need("room", (ResourceTime(one(1), 0),))]
    assert offered_slots(needs=[], time=time, permitted=0b1111) == 0
    for start in (
        FRAME.origin + timedelta(minutes=2),
        FRAME.origin - timedelta(minutes=5),
        FRAME.end,
    ):
        assert choose_resources(needs=needs, time=time, frame=FRAME, start=start) is None


@given(st.lists(st.lists(st.integers(0, 4).map(one), max_size=4, unique=True), max_size=5))
def test_a_matching_exists_iff_trying_everything_finds_one(options: list[list[UUID]]) -> None:
    assert is_matched(options) == any(len(set(way)) == len(way) for way in product(*options))


def test_sessions_are_offered_in_the_window_while_seats_are_left() -> None:
    start = FRAME.origin
    sessions = [
        SessionSeats(one(number), start + timedelta(hours=hour), capacity, taken)
        for number, (hour, capacity, taken) in enumerate(
            [(3, 8, 7), (1, 8, 8), (2, 8, 0), (0, 8, 0), (9, 8, 0), (4, 2, 3)]
        )
    ]
    window = Interval(start + timedelta(hours=1), start + timedelta(hours=9))
    assert [s.session_id for s in offered_sessions(sessions=sessions, window=window)] == [
        one(2),
        one(0),
    ]
    assert [s.session_id for s in offered_sessions(sessions=sessions, window=window, seats=2)] == [
        one(2)
    ]
    assert offered_sessions(sessions=sessions, window=None) == []


@pytest.mark.parametrize("minutes", [(0, 0, 0), (7, 0, 0), (30, 3, 0), (30, 0, -5)])
def test_an_appointment_takes_whole_fives_of_time(minutes: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"some time|multiple"):
        ServiceTime(*minutes)
