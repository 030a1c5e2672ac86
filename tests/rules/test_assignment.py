"""Who gets "any professional": fair, explained, and always the same answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from clientela.rules.assignment import AssignmentReason, FreeProfessional, assign, iso_week
from clientela.rules.interval import Interval

LONG_AGO, LATELY = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def person(
    number: int, booked: int = 0, last: datetime | None = None, position: int = 0
) -> FreeProfessional:
    return FreeProfessional(UUID(int=number), booked, last, position)


@pytest.mark.parametrize(
    ("free", "chosen", "reason"),
    [
        ([person(1, 600, LATELY)], 1, "only-one-free"),
        ([person(1, 60, None, 0), person(2, 30, LATELY, 9)], 2, "fewest-booked-minutes"),
        ([person(1, 30, LATELY, 0), person(2, 30, LONG_AGO, 9)], 2, "least-recently-assigned"),
        ([person(1, 30, LONG_AGO, 0), person(2, 30, None, 9)], 2, "least-recently-assigned"),
        ([person(1, 30, LATELY, 2), person(2, 30, LATELY, 1)], 2, "first-in-order"),
        ([person(2, 30, None, 1), person(1, 30, None, 1)], 1, "first-in-order"),
    ],
)
def test_the_figure_that_decides_is_the_reason(
    free: list[FreeProfessional], chosen: int, reason: str
) -> None:
    assignment = assign(free)
    assert (assignment.professional_id, assignment.reason.value) == (UUID(int=chosen), reason)
    assert sorted(assignment.compared, key=str) == sorted(free, key=str)
    assert assignment.compared[0].professional_id == assignment.professional_id


people = st.builds(
    person,
    st.integers(1, 99),
    st.integers(0, 3),
    st.sampled_from((None, LONG_AGO, LATELY)),
    st.integers(0, 3),
)


@given(
    st.lists(people, min_size=1, max_size=6, unique_by=lambda one: one.professional_id),
    st.randoms(),
)
def test_the_order_of_asking_plays_no_part(free: list[FreeProfessional], source: object) -> None:
    shuffled = list(free)
    source.shuffle(shuffled)
    assert assign(free) == assign(shuffled)


def test_work_given_out_one_by_one_is_shared_evenly() -> None:
    minutes = dict.fromkeys(range(1, 6), 0)
    last: dict[int, datetime | None] = dict.fromkeys(minutes)
    for hour in range(50):
        chosen = assign([person(n, minutes[n], last[n], n) for n in minutes]).professional_id.int
        minutes[chosen] += 30
        last[chosen] = LATELY + timedelta(hours=hour)
    assert set(minutes.values()) == {300}


def test_nobody_cannot_be_assigned_and_a_named_professional_has_a_reason_too() -> None:
    with pytest.raises(ValueError, match="nobody"):
        assign([])
    assert AssignmentReason("asked-for") is AssignmentReason.ASKED_FOR


@pytest.mark.parametrize(
    ("at", "zone_name", "start", "end"),
    [
        # Sunday 23:30 in Madrid still belongs to the week that the clocks shorten.
        (datetime(2026, 3, 29, 21, 30, tzinfo=UTC), "Europe/Madrid", datetime(2026, 3, 22, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (datetime(2026, 3, 29, 22, tzinfo=UTC), "Europe/Madrid", datetime(2026, 3, 29, 22, tzinfo=UTC), datetime(2026, 4, 5, 22, tzinfo=UTC)),
        (datetime(2027, 1, 1, 12, tzinfo=UTC), "UTC", datetime(2026, 12, 28, tzinfo=UTC), datetime(2027, 1, 4, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_week_is_monday_to_sunday_on_the_local_calendar(
    at: datetime, zone_name: str, start: datetime, end: datetime
) -> None:
    assert iso_week(at, zone_name) == Interval(start, end)
