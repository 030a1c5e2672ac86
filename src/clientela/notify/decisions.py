"""What is decided about a message, over plain values: send it, wait, or say why not.

Pure: no database, no clock. The words of the answers are ``models.Reason``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clientela.notify.gate import Standing, pass_gate
from clientela.notify.models import Reason, Rule
from clientela.rules.lifecycle import Status

ENDED = frozenset({Status.CANCELLED, Status.DECLINED})
ANNOUNCES_END = frozenset({Rule.CANCELLATION, Rule.REQUEST_DECLINED, Rule.STAFF_CANCELLED})
WAITS_FOR_ANSWER = frozenset({Rule.REQUEST_RECEIVED, Rule.STAFF_REQUESTED})

# Someone should still learn of a cancellation after the hour has passed, but not days later.
END_IS_NEWS_FOR = timedelta(hours=24)
RETRY_MINUTES = (1, 2, 5, 10, 20, 40, 60)
# An interrupted e-mail is sent once more, with the same Message-ID, after this pause.
RESEND_AFTER = timedelta(minutes=10)
# What a due message waits when the whole channel cannot be reached.
CHANNEL_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Present:
    """The appointment as it stands at the moment of deciding."""

    status: Status
    sequence: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A due message, as far as its fate depends on it."""

    rule: Rule
    occurrence: int
    due_at: datetime
    tried: bool


def expires_at(*, rule: Rule, starts_at: datetime, due_at: datetime) -> datetime:
    """From when on the message is no news any more: the start, or a day for what announces an end."""
    if rule in ANNOUNCES_END:
        return max(starts_at, due_at + END_IS_NEWS_FOR)
    return starts_at


def decide_at_planning(
    *,
    rule: Rule,
    address: str,
    standing: Standing | None = None,
    starts_at: datetime,
    now: datetime,
) -> Reason:
    """Say whether a new message is queued, or why there will be none.

    The address counts first: who has none is told nothing, whenever it is. Then the time, then
    the gate, which only a client's messages pass (``standing`` is None for staff).
    """
    if not address:
        return Reason.NO_ADDRESS
    if now >= expires_at(rule=rule, starts_at=starts_at, due_at=now):
        return Reason.TOO_CLOSE
    return pass_gate(standing) if standing else Reason.QUEUED


def decide_when_due(
    *, message: Due, present: Present, standing: Standing | None = None, now: datetime
) -> Reason:
    """Decide again at the moment of sending: ``queued`` means send it now.

    A message never tells what has ceased to be so. Whatever changed meanwhile has, or will have,
    a message of its own. What came too late was either refused for too long (``provider_error``)
    or never tried because no worker ran (``scheduler_down``). The gate comes last, as it stands
    now: who turned messages off meanwhile gets none.
    """
    has_ended = present.status in ENDED
    if has_ended and message.rule not in ANNOUNCES_END:
        return Reason.CANCELLED_BEFORE_SEND
    if present.sequence != message.occurrence or (message.rule in ANNOUNCES_END and not has_ended):
        return Reason.SUPERSEDED
    if message.rule in WAITS_FOR_ANSWER and present.status is not Status.REQUESTED:
        return Reason.SUPERSEDED
    limit = expires_at(rule=message.rule, starts_at=present.starts_at, due_at=message.due_at)
    if now >= limit:
        return Reason.PROVIDER_ERROR if message.tried else Reason.SCHEDULER_DOWN
    return pass_gate(standing) if standing else Reason.QUEUED


def retry_at(*, tries: int, now: datetime) -> datetime:
    """When to try again after that many tries: soon at first, then hourly."""
    return now + timedelta(minutes=RETRY_MINUTES[min(tries, len(RETRY_MINUTES)) - 1])


def resend_at(*, interrupted: int, now: datetime) -> datetime | None:
    """When an interrupted e-mail is sent again: once, after a pause; a second interruption waits for a person.

    The copy bears the same Message-ID, so mail programs that saw the first show one.
    """
    return now + RESEND_AFTER if interrupted == 1 else None
