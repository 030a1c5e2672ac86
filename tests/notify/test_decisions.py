"""What is decided about a message, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clientela.notify.decisions import (
    Due,
    Present,
    decide_at_planning,
    decide_when_due,
    expires_at,
    resend_at,
    retry_at,
)
from clientela.notify.models import Reason, Rule
from clientela.rules.lifecycle import Status

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
EARLIER = NOW - timedelta(minutes=1)


def decided(
    rule: Rule,
    *,
    status: Status = Status.CONFIRMED,
    sequence: int = 0,
    starts_at: datetime = LATER,
    due_at: datetime = NOW,
    tried: bool = False,
) -> Reason:
    return decide_when_due(
        message=Due(rule=rule, occurrence=0, due_at=due_at, tried=tried),
        present=Present(status=status, sequence=sequence, starts_at=starts_at),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("address", "starts_at", "expected"),
    [
        ("ana@example.com", LATER, Reason.QUEUED),
        ("", LATER, Reason.NO_ADDRESS),
        ("", EARLIER, Reason.NO_ADDRESS),
        ("ana@example.com", EARLIER, Reason.TOO_CLOSE),
        ("ana@example.com", NOW, Reason.TOO_CLOSE),
    ],
)
def test_a_confirmation_is_queued_or_says_why_not(address, starts_at, expected):
    decision = decide_at_planning(
        rule=Rule.CONFIRMATION, address=address, starts_at=starts_at, now=NOW
    )
    assert decision is expected


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (Rule.CONFIRMATION, {}, Reason.QUEUED),
        (Rule.CONFIRMATION, {"sequence": 1}, Reason.SUPERSEDED),
        (Rule.CONFIRMATION, {"status": Status.CANCELLED}, Reason.CANCELLED_BEFORE_SEND),
        (Rule.CONFIRMATION, {"status": Status.DECLINED}, Reason.CANCELLED_BEFORE_SEND),
        (Rule.CONFIRMATION, {"starts_at": EARLIER}, Reason.SCHEDULER_DOWN),
        (Rule.CONFIRMATION, {"starts_at": EARLIER, "tried": True}, Reason.PROVIDER_ERROR),
        (Rule.CHANGE, {"sequence": 2}, Reason.SUPERSEDED),
        (Rule.CANCELLATION, {"status": Status.CANCELLED}, Reason.QUEUED),
        (Rule.CANCELLATION, {"status": Status.CONFIRMED}, Reason.SUPERSEDED),
        (Rule.CANCELLATION, {"status": Status.CANCELLED, "starts_at": EARLIER}, Reason.QUEUED),
        (Rule.REQUEST_RECEIVED, {"status": Status.REQUESTED}, Reason.QUEUED),
        (Rule.REQUEST_RECEIVED, {"status": Status.CONFIRMED}, Reason.SUPERSEDED),
        (Rule.STAFF_REQUESTED, {"status": Status.CONFIRMED}, Reason.SUPERSEDED),
        (Rule.REQUEST_DECLINED, {"status": Status.DECLINED}, Reason.QUEUED),
        (Rule.STAFF_CANCELLED, {"status": Status.CANCELLED}, Reason.QUEUED),
    ],
)
def test_a_due_message_is_decided_again(rule, facts, expected):
    assert decided(rule, **facts) is expected


def test_news_of_an_end_lasts_a_day_and_no_longer():
    for minutes, expected in ((24 * 60 - 1, Reason.QUEUED), (24 * 60, Reason.SCHEDULER_DOWN)):
        assert (
            decided(
                Rule.CANCELLATION,
                status=Status.CANCELLED,
                starts_at=NOW - timedelta(days=3),
                due_at=NOW - timedelta(minutes=minutes),
            )
            is expected
        )


def test_news_of_a_cancellation_far_ahead_lasts_until_its_hour():
    limit = expires_at(rule=Rule.CANCELLATION, starts_at=LATER, due_at=NOW)
    assert limit == LATER


def test_retries_come_soon_at_first_and_then_every_hour():
    waits = [retry_at(tries=tries, now=NOW) - NOW for tries in range(1, 10)]
    assert [int(wait.total_seconds()) // 60 for wait in waits] == [1, 2, 5, 10, 20, 40, 60, 60, 60]


def test_an_interrupted_mail_is_sent_once_more_and_then_waits_for_a_person():
    assert resend_at(interrupted=1, now=NOW) == NOW + timedelta(minutes=10)
    assert resend_at(interrupted=2, now=NOW) is None
