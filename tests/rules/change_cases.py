"""The table of answers that cancelling and moving share: one appointment on a Monday at ten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clientela.rules.change_policy import ChangedBy, ChangePolicy
from clientela.rules.lifecycle import Status

STARTS = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY_BEFORE = STARTS - timedelta(hours=24)
TICK = timedelta(microseconds=1)

ON = ChangePolicy(allowed=True, closes_minutes=24 * 60)
OFF = ChangePolicy(allowed=False, closes_minutes=24 * 60)
UNTIL_START = ChangePolicy(allowed=True, closes_minutes=0)

CLIENT, STAFF = ChangedBy.CLIENT, ChangedBy.STAFF
CONFIRMED, REQUESTED = Status.CONFIRMED, Status.REQUESTED

# (policy, status, now, by) -> (allowed, reason)
CASES = [
    (ON, CONFIRMED, DAY_BEFORE - TICK, CLIENT, True, "in-time"),
    (ON, CONFIRMED, DAY_BEFORE, CLIENT, True, "in-time"),
    (ON, CONFIRMED, DAY_BEFORE + TICK, CLIENT, False, "too-late"),
    (ON, REQUESTED, DAY_BEFORE, CLIENT, True, "in-time"),
    (ON, CONFIRMED, STARTS - TICK, CLIENT, False, "too-late"),
    (ON, CONFIRMED, STARTS, CLIENT, False, "already-past"),
    (UNTIL_START, CONFIRMED, STARTS - TICK, CLIENT, True, "in-time"),
    (UNTIL_START, CONFIRMED, STARTS, CLIENT, False, "already-past"),
    (OFF, CONFIRMED, DAY_BEFORE - TICK, CLIENT, False, "switched-off"),
    (OFF, CONFIRMED, STARTS + TICK, CLIENT, False, "switched-off"),
    (OFF, CONFIRMED, DAY_BEFORE, STAFF, True, "staff"),
    (ON, CONFIRMED, DAY_BEFORE + TICK, STAFF, True, "staff"),
    (ON, CONFIRMED, STARTS + TICK, STAFF, True, "staff"),
    *[
        (ON, status, DAY_BEFORE, by, False, "not-open")
        for status in (Status.CANCELLED, Status.DECLINED, Status.ATTENDED, Status.NO_SHOW)
        for by in ChangedBy
    ],
]
