"""The trace of an appointment: every message there was or should have been, and why or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.notify.decisions import LINE_DOWN, Verdict
from clientela.notify.models import Attempt, Message, Reason, Receipt, Recipient, Rule
from clientela.notify.queries.due_messages import due_messages
from clientela.platform.jobs import worker_is_alive

# A queued message that has waited longer than this, with no worker alive, is not merely waiting.
OVERDUE_AFTER: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One message as people see it. ``at`` is when it was settled, or when it will be tried.

    ``reason`` is what became of it. An open one has an ``outlook`` too: what it would come to as things stand
    (``queued``: it will leave), with ``because`` as its cause; one that waits for a line that is down says so there. ``due_at`` is its time by the plan, ``zone`` the
    zone it was, or will be, written in.
    """

    message_id: UUID
    appointment_id: UUID
    rule: Rule
    timing: str
    recipient: Recipient
    channel: str
    reason: Reason
    because: str
    outlook: Reason | None
    due_at: datetime
    at: datetime
    zone: str
    address: str
    segments: int
    attempts: tuple[Attempt, ...]
    receipts: tuple[Receipt, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided about it."""
        return self.outlook is not None


def trace(*, appointment: Appointment, now: datetime) -> list[TraceLine]:
    """Return the lines in the order of the facts; a fixed number of queries, however many messages.

    A message that should have left while no worker lives reads ``scheduler_down``: what is
    stored stays ``queued``, because a worker that comes back will send it.
    """
    rows = Message.objects.filter(appointment=appointment).order_by("created_at", "id")
    return trace_lines(messages=list(rows.prefetch_related("attempts", "receipts")), now=now)


def trace_lines(*, messages: Sequence[Message], now: datetime) -> list[TraceLine]:
    """Return these messages as people see them, in their order.

    They come with their attempts and receipts; the open ones among them are decided as things stand, in a fixed
    number of queries for all.
    """
    outlooks = _outlooks(messages, now)
    is_alive = worker_is_alive(now=now)
    return [
        line_of(one, outlook=outlooks.get(one.pk), is_alive=is_alive, now=now) for one in messages
    ]


def _outlooks(messages: Iterable[Message], now: datetime) -> dict[UUID, Verdict]:
    ids = [one.pk for one in messages if one.send_at is not None]
    if not ids:
        return {}
    return {
        one.message.pk: one.verdict(max(now, one.message.send_at or now))
        for one in due_messages(ids=ids, now=now)
    }


def line_of(
    message: Message, *, outlook: Verdict | None = None, is_alive: bool, now: datetime
) -> TraceLine:
    """Return one message as people see it; ``is_alive`` says whether a worker is there to send it."""
    reason = Reason(message.reason)
    due = message.send_at or message.due_at
    is_stuck = reason is Reason.QUEUED and due + OVERDUE_AFTER < now and not is_alive
    at = message.send_at or message.settled_at or message.due_at
    because = message.because
    if outlook is not None and not (outlook.goes and because == LINE_DOWN):
        because = outlook.because
    if outlook is not None and outlook.wait_until is not None:
        at = max(at, outlook.wait_until)
    return TraceLine(
        message_id=message.pk,
        appointment_id=message.about_id,
        rule=Rule(message.rule),
        timing=message.timing,
        recipient=Recipient(message.recipient),
        channel=message.channel,
        reason=Reason.SCHEDULER_DOWN if is_stuck else reason,
        because="" if is_stuck else because,
        outlook=outlook.reason if outlook else None,
        due_at=message.due_at,
        at=at,
        zone=message.zone,
        address=message.address,
        segments=message.segments,
        attempts=tuple(message.attempts.all()),
        receipts=tuple(message.receipts.all()),
    )
