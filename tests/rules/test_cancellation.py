"""When an appointment may be cancelled: the whole table, exact at its edges."""

from __future__ import annotations

from datetime import datetime

import pytest

from clientela.rules.cancellation import decide_cancellation
from clientela.rules.change_policy import ChangedBy, ChangePolicy
from clientela.rules.lifecycle import Status
from tests.rules.change_cases import CASES, STARTS


@pytest.mark.req("S3.26")
@pytest.mark.parametrize(("policy", "status", "now", "by", "allowed", "reason"), CASES)
def test_an_appointment_may_be_cancelled_as_the_policy_for_cancelling_says(
    policy: ChangePolicy, status: Status, now: datetime, by: ChangedBy, allowed: bool, reason: str
) -> None:
    decision = decide_cancellation(policy=policy, status=status, starts_at=STARTS, now=now, by=by)
    assert (decision.allowed, decision.reason.value) == (allowed, reason)
    assert decision.closes_at == policy.closes_at(STARTS)
