"""Cancelling and moving have switches and cut-offs of their own."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from clientela.rules.cancellation import decide_cancellation
from clientela.rules.change_policy import ChangePolicy
from clientela.rules.rescheduling import decide_rescheduling
from tests.rules.change_cases import CLIENT, CONFIRMED, STARTS


@pytest.mark.req("S3.28")
@pytest.mark.parametrize(("may_cancel", "may_move"), list(product((True, False), repeat=2)))
def test_the_two_switches_and_the_two_cut_offs_are_independent(
    may_cancel: bool, may_move: bool
) -> None:
    cancelling = ChangePolicy(allowed=may_cancel, closes_minutes=120)
    moving = ChangePolicy(allowed=may_move, closes_minutes=600)
    answers = []
    for hours in (11, 10, 3, 2, 1):
        asked = {
            "status": CONFIRMED,
            "starts_at": STARTS,
            "now": STARTS - timedelta(hours=hours),
            "by": CLIENT,
        }
        answers.append(
            (
                decide_cancellation(policy=cancelling, **asked).allowed,
                decide_rescheduling(policy=moving, **asked).allowed,
            )
        )
    assert answers == [
        (may_cancel, may_move),
        (may_cancel, may_move),
        (may_cancel, False),
        (may_cancel, False),
        (False, False),
    ]


def test_the_last_instant_is_told_unless_clients_never_may() -> None:
    assert ChangePolicy(allowed=True, closes_minutes=90).closes_at(STARTS) == STARTS - timedelta(
        minutes=90
    )
    assert ChangePolicy(allowed=False, closes_minutes=90).closes_at(STARTS) is None


def test_a_cut_off_after_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before the start"):
        ChangePolicy(allowed=True, closes_minutes=-1)
