"""When an appointment may be cancelled: the whole table, exact at its edges."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clientela.rules.cancellation import decide_cancellation, free_until
from clientela.rules.change_policy import ChangedBy, ChangePolicy
from clientela.rules.credit_outcome import CreditPolicy
from clientela.rules.lifecycle import Status
from tests.rules.change_cases import CASES, OFF, ON, STARTS, UNTIL_START


@pytest.mark.req("S3.26")
@pytest.mark.parametrize(("policy", "status", "now", "by", "allowed", "reason"), CASES)
def test_an_appointment_may_be_cancelled_as_the_policy_for_cancelling_says(
    policy: ChangePolicy, status: Status, now: datetime, by: ChangedBy, allowed: bool, reason: str
) -> None:
    decision = decide_cancellation(policy=policy, status=status, starts_at=STARTS, now=now, by=by)
    assert (decision.allowed, decision.reason.value) == (allowed, reason)
    assert decision.closes_at == policy.closes_at(STARTS)


@pytest.mark.parametrize(
    ("policy", "free_minutes", "hours"),
    [
        (ON, None, 24),  # none of its own: as long as clients may
        (ON, 48 * 60, 48),
        (ON, 24 * 60, 24),
        (ON, 60, 24),  # free for longer than it is possible is not
        (UNTIL_START, 24 * 60, 24),
        (UNTIL_START, None, 0),
    ],
)
def test_cancelling_is_free_until_the_earlier_of_the_two_cut_offs(
    policy: ChangePolicy, free_minutes: int | None, hours: int
) -> None:
    credit = CreditPolicy(free_minutes=free_minutes)
    ends = free_until(policy=policy, credit=credit, starts_at=STARTS)
    assert ends == STARTS - timedelta(hours=hours)


def test_where_clients_may_not_cancel_nothing_is_free() -> None:
    for minutes in (None, 60):
        credit = CreditPolicy(free_minutes=minutes)
        assert free_until(policy=OFF, credit=credit, starts_at=STARTS) is None
