"""What becomes of a credit when its appointment does not take place: the whole table, exact at its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clientela.rules.change_policy import ChangedBy
from clientela.rules.credit_outcome import (
    CreditOutcome,
    CreditPolicy,
    CreditReason,
    CreditResult,
    credit_on_cancel,
    credit_on_no_show,
)
from clientela.rules.redemption_state import RedemptionState

STARTS = datetime(2027, 7, 2, 8, tzinfo=UTC)
EDGE = STARTS - timedelta(hours=24)
AFTER = EDGE + timedelta(microseconds=1)
DAY = CreditPolicy(free_minutes=24 * 60)
ALWAYS = CreditPolicy(free_minutes=None)
RETURNED, FORFEITED = CreditResult.RETURNED, CreditResult.FORFEITED
CLIENT, STAFF = ChangedBy.CLIENT, ChangedBy.STAFF


@pytest.mark.req("S1.24")
@pytest.mark.parametrize(
    ("policy", "now", "by", "forfeits", "result", "reason"),
    [
        (DAY, EDGE, CLIENT, None, RETURNED, "in-time"),
        (DAY, AFTER, CLIENT, None, FORFEITED, "late-notice"),
        (DAY, STARTS, CLIENT, None, FORFEITED, "late-notice"),
        (ALWAYS, STARTS, CLIENT, None, RETURNED, "in-time"),
        (CreditPolicy(free_minutes=0), STARTS, CLIENT, None, RETURNED, "in-time"),
        (DAY, AFTER, STAFF, None, RETURNED, "staff-cancelled"),
        (DAY, AFTER, STAFF, True, FORFEITED, "staff-decided"),
        (DAY, AFTER, STAFF, False, RETURNED, "staff-decided"),
        (DAY, EDGE, STAFF, True, FORFEITED, "staff-decided"),
    ],
)
def test_a_cancelled_credit_goes_back_or_is_lost_as_the_policy_says(
    policy: CreditPolicy,
    now: datetime,
    by: ChangedBy,
    forfeits: bool | None,
    result: CreditResult,
    reason: str,
) -> None:
    outcome = credit_on_cancel(policy=policy, starts_at=STARTS, now=now, by=by, forfeits=forfeits)
    assert outcome == CreditOutcome(result, CreditReason(reason))
    assert outcome.forfeits is (result is FORFEITED)


@pytest.mark.parametrize(
    ("forfeits", "result", "reason"),
    [(True, FORFEITED, "missed"), (False, RETURNED, "missed-is-free")],
)
def test_a_missed_credit_is_lost_where_the_policy_says(
    forfeits: bool, result: CreditResult, reason: str
) -> None:
    outcome = credit_on_no_show(policy=CreditPolicy(no_show_forfeits=forfeits))
    assert outcome == CreditOutcome(result, CreditReason(reason))


def test_a_client_does_not_say_what_becomes_of_the_credit() -> None:
    with pytest.raises(ValueError, match="only staff"):
        credit_on_cancel(policy=DAY, starts_at=STARTS, now=EDGE, by=CLIENT, forfeits=False)


def test_no_policy_is_free_after_the_start() -> None:
    with pytest.raises(ValueError, match="before the start"):
        CreditPolicy(free_minutes=-1)


def test_the_last_free_instant_is_told_where_there_is_one() -> None:
    assert DAY.free_until(STARTS) == EDGE
    assert ALWAYS.free_until(STARTS) is None


def test_every_result_is_a_word_of_the_appointments_credit() -> None:
    assert {RedemptionState(result.value) for result in CreditResult} == {
        RedemptionState.RETURNED,
        RedemptionState.FORFEITED,
    }
