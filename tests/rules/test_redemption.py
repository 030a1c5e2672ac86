"""Which credit redeems which appointment: the article's example, the order, and what holds for any plan."""

from __future__ import annotations

import random  # noqa: TID251 -- shuffles by a seed that Hypothesis chose
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from clientela.rules.redemption import Planned, Usable, Wanted, covers, plan_redemptions

PHYSIO, YOGA = UUID(int=100), UUID(int=200)
FIRST = date(2027, 7, 1)


def wanted(name: str, day: int, *, service: UUID = PHYSIO, hour: int = 10) -> Wanted:
    """An appointment in July 2027."""
    on = FIRST + timedelta(days=day - 1)
    return Wanted(name, datetime(on.year, on.month, on.day, hour, tzinfo=UTC), on, service)


def usable(number: int, *free: int, begins: int = 1, ends: int | None = None) -> Usable:
    """A grant of physiotherapy; days of July 2027."""
    return Usable(
        grant_id=UUID(int=number),
        free=free,
        applies_on=FIRST + timedelta(days=begins - 1),
        valid_until=None if ends is None else FIRST + timedelta(days=ends - 1),
        services=frozenset({PHYSIO}),
        granted_at=datetime(2027, 7, 10, tzinfo=UTC),
    )


@pytest.mark.req("S1.19", "S1.20", "S1.22")
def test_what_was_paid_on_10_july_redeems_the_session_of_2_july_only_if_it_applies_from_there() -> (
    None
):
    session = wanted("session of 2 July", 2)
    applied_on_the_day_of_sale = usable(1, 1, begins=10)
    assert plan_redemptions(wanted=[session], usable=[applied_on_the_day_of_sale]) == []
    applied_from_2_july = usable(1, 1, begins=2)
    assert plan_redemptions(wanted=[session], usable=[applied_from_2_july]) == [
        Planned("session of 2 July", UUID(int=1), 1)
    ]


@pytest.mark.req("S1.7")
def test_a_fee_of_physiotherapy_redeems_physiotherapy() -> None:
    both = [wanted("yoga", 5, service=YOGA), wanted("physio", 6)]
    assert plan_redemptions(wanted=both, usable=[usable(1, 1, 2)]) == [
        Planned("physio", UUID(int=1), 1)
    ]


@pytest.mark.req("S1.8", "S1.22")
@pytest.mark.parametrize(("day", "counts"), [(9, False), (10, True), (20, True), (21, False)])
def test_a_credit_counts_on_its_first_and_its_last_day_and_on_no_other_side(
    day: int, counts: bool
) -> None:
    grant = usable(1, 1, begins=10, ends=20)
    one = wanted("one", day)
    assert covers(grant, on=one.on, service_id=PHYSIO) is counts
    assert bool(plan_redemptions(wanted=[one], usable=[grant])) is counts


@pytest.mark.req("S1.23")
def test_the_oldest_goes_first_and_takes_the_grant_that_ends_first() -> None:
    appointments = [wanted("c", 6), wanted("a", 2), wanted("b", 2, hour=12), wanted("d", 25)]
    grants = [usable(1, 3, 2), usable(2, 1, ends=20), usable(3, 7, begins=2, ends=20)]
    assert plan_redemptions(wanted=appointments, usable=grants) == [
        Planned("a", UUID(int=2), 1),
        Planned("b", UUID(int=3), 7),
        Planned("c", UUID(int=1), 2),
        Planned("d", UUID(int=1), 3),
    ]


def test_what_it_was_sold_for_goes_before_the_oldest() -> None:
    appointments = [wanted("old", 2), wanted("sold for", 9)]
    assert plan_redemptions(wanted=appointments, usable=[usable(1, 1)], first="sold for") == [
        Planned("sold for", UUID(int=1), 1)
    ]


def test_a_covered_appointment_does_not_wait_for_a_grant_that_covers_none() -> None:
    grants = [usable(1, 1, begins=20, ends=21), usable(2, 4)]
    assert plan_redemptions(wanted=[wanted("one", 2)], usable=grants) == [
        Planned("one", UUID(int=2), 4)
    ]


days = st.integers(1, 31)
services = st.sampled_from((PHYSIO, YOGA))
appointments = st.lists(
    st.builds(wanted, st.integers(0, 99).map(str), days, service=services), max_size=12
).map(lambda found: list({one.cause: one for one in found}.values()))


@st.composite
def grants(draw: st.DrawFn) -> list[Usable]:
    found = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        begins = draw(days)
        found.append(
            Usable(
                grant_id=UUID(int=number),
                free=tuple(draw(st.sets(st.integers(1, 6), max_size=5))),
                applies_on=FIRST + timedelta(days=begins - 1),
                valid_until=draw(
                    st.none() | st.integers(0, 30).map(lambda n, b=begins: FIRST + timedelta(b + n))
                ),
                services=frozenset(draw(st.sets(services, min_size=1))),
                granted_at=datetime(2027, 7, draw(st.integers(1, 3)), tzinfo=UTC),
            )
        )
    return found


@given(appointments, grants(), st.sampled_from(("", "0", "7", "50")))
def test_no_plan_uses_a_credit_twice_or_one_that_does_not_count(
    asked: list[Wanted], offered: list[Usable], first: str
) -> None:
    plan = plan_redemptions(wanted=asked, usable=offered, first=first)
    by_id = {grant.grant_id: grant for grant in offered}
    by_cause = {one.cause: one for one in asked}
    for one in plan:
        want = by_cause[one.cause]
        assert one.number in by_id[one.grant_id].free
        assert covers(by_id[one.grant_id], on=want.on, service_id=want.service_id)
    assert max(Counter((one.grant_id, one.number) for one in plan).values(), default=0) <= 1
    assert max(Counter(one.cause for one in plan).values(), default=0) <= 1


@pytest.mark.req("S1.8", "S1.23")
@given(appointments, grants())
def test_what_stays_pending_has_no_credit_left_that_counts_for_it(
    asked: list[Wanted], offered: list[Usable]
) -> None:
    plan = plan_redemptions(wanted=asked, usable=offered)
    redeemed = {one.cause for one in plan}
    used = Counter(one.grant_id for one in plan)
    for want in asked:
        if want.cause not in redeemed:
            assert all(
                used[grant.grant_id] == len(grant.free)
                for grant in offered
                if covers(grant, on=want.on, service_id=want.service_id)
            )


@given(appointments, grants(), st.integers())
def test_the_order_in_which_things_are_asked_changes_nothing(
    asked: list[Wanted], offered: list[Usable], seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 -- a shuffle
    mixed, turned = asked.copy(), offered.copy()
    draw.shuffle(mixed)
    draw.shuffle(turned)
    assert plan_redemptions(wanted=mixed, usable=turned) == plan_redemptions(
        wanted=asked, usable=offered
    )
