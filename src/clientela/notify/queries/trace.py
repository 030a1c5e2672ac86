"""The trace of an appointment: every message there was or should have been, and why or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clientela.booking.models import Appointment
from clientela.notify.models import Attempt, Message, Reason, Recipient, Rule
from clientela.platform.jobs import worker_is_alive

# A queued message that has waited longer than this, with no worker alive, is not merely waiting.
OVERDUE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One message as people see it. ``at`` is when it was settled, or when it will be tried.

    ``zone`` is the zone the message was, or will be, written in.
    """

    rule: Rule
    recipient: Recipient
    channel: str
    reason: Reason
    at: datetime
    zone: str
    address: str
    attempts: tuple[Attempt, ...]


def trace(*, appointment: Appointment, now: datetime) -> list[TraceLine]:
    """Return the lines in the order of the facts; two queries, however many messages.

    A message that should have left while no worker lives reads ``scheduler_down``: what is
    stored stays ``queued``, because a worker that comes back will send it.
    """
    messages = (
        Message.objects.filter(appointment=appointment)
        .prefetch_related("attempts")
        .order_by("created_at", "id")
    )
    is_alive = worker_is_alive(now=now)
    return [line_of(message, is_alive=is_alive, now=now) for message in messages]


def line_of(message: Message, *, is_alive: bool, now: datetime) -> TraceLine:
    """Return one message as people see it; ``is_alive`` says whether a worker is there to send it."""
    reason = Reason(message.reason)
    is_stuck = reason is Reason.QUEUED and message.due_at + OVERDUE_AFTER < now and not is_alive
    return TraceLine(
        rule=Rule(message.rule),
        recipient=Recipient(message.recipient),
        channel=message.channel,
        reason=Reason.SCHEDULER_DOWN if is_stuck else reason,
        at=message.send_at or message.settled_at or message.due_at,
        zone=message.zone,
        address=message.address,
        attempts=tuple(message.attempts.all()),
    )
