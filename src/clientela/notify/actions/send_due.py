"""Sending: what is due is decided again, written down as an attempt, handed over, and settled.

The trace is written before the attempt and the outcome after it, so a worker that dies in
between leaves an open attempt. Whoever takes the row next finds it and notes *unknown*: the
mail may have left. Nothing is lost, and nothing is sent twice in silence.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from clientela.notify.channels import Channel, Result, Session, channels
from clientela.notify.decisions import (
    CHANNEL_PAUSE,
    Due,
    Present,
    decide_when_due,
    resend_at,
    retry_at,
)
from clientela.notify.models import Attempt, Message, Outcome, Reason, Rule
from clientela.notify.queries.series import told_appointments
from clientela.platform.failpoints import failpoint
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish, renew, take
from clientela.platform.logs import get_logger
from clientela.platform.redaction import describe_error
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.lifecycle import Status

BATCH = 20
# A batch of mails to a server that lets each one wait for the whole time-out still fits.
LEASE = timedelta(minutes=10)
MOST_FAILURES = 5
# Fields the letter reads; fetched in one query per message.
FOR_LETTER = (
    "appointment__business",
    "appointment__service",
    "appointment__professional__resource",
    "appointment__location",
    "appointment__client",
)

logger = get_logger("clientela.notify")


@dataclass(frozen=True, slots=True)
class Started:
    """An attempt that has begun: the row, and the composed parcel."""

    message: Message
    attempt: Attempt
    parcel: object


def send_due(*, now: datetime) -> int:
    """Send up to ``BATCH`` due messages; return how many were dealt with.

    Nothing is sent while the installation holds messages (after a restore). When a channel
    cannot be reached at all, everything due by it waits a minute, so that ten thousand messages
    cost one connection attempt and not ten thousand.
    """
    with system_scope("sending due messages"):
        if sending_held_since() is not None:
            return 0
        due = Message.objects.filter(send_at__lte=now).order_by("send_at", "id")
        leases = take(due, now=now, lasts=LEASE, limit=BATCH)
        if not leases:
            return 0
        failpoint("notify.send.taken")
        names = dict(
            Message.objects.filter(pk__in=[lease.pk for lease in leases]).values_list(
                "pk", "channel"
            )
        )
        with ExitStack() as ways:
            open_ways: dict[str, Session] = {}
            for lease in leases:
                channel = channels()[names[lease.pk]]
                if channel.name not in open_ways:
                    open_ways[channel.name] = ways.enter_context(channel.session())
                if not _send_one(lease, channel, open_ways[channel.name], now):
                    _rest(channel, now)
                    _let_go(leases)
                    break
    return len(leases)


def _send_one(lease: Lease, channel: Channel, way: Session, now: datetime) -> bool:
    """Deal with one message; False when the channel itself cannot be used now."""
    started = _start(lease, channel, now)
    if started is None:
        return True
    failpoint("notify.send.before-hand-over")
    with business_scope(started.message.business_id):
        result = way.hand_over(started.parcel, now=now)
        failpoint("notify.send.after-hand-over")
        _settle(lease, started, result, now)
    return not result.is_unreachable


def _start(lease: Lease, channel: Channel, now: datetime) -> Started | None:
    """Decide again and write the attempt, in one transaction; None when nothing is to be handed over."""
    with transaction.atomic():
        message = Message.objects.select_related(*FOR_LETTER).filter(pk=lease.pk).first()
        if message is None or message.send_at is None or not renew(lease, now=now, lasts=LEASE):
            return None
        with business_scope(message.business_id):
            if _was_interrupted(lease, message, now):
                return None
            # A series is told as long as one of it stands, though the first may be cancelled by now.
            message.appointment = told_appointments(message, now=now)[0]
            verdict = decide_when_due(message=_due(message), present=_present(message), now=now)
            if verdict is not Reason.QUEUED:
                _close(lease, reason=verdict, now=now)
                return None
            try:
                parcel = channel.compose(message, now=now)
            except Exception as error:  # noqa: BLE001 -- one poisoned row must not stop the others
                _fail_to_compose(lease, message, error, now)
                return None
            attempt = Attempt.objects.create(
                business_id=message.business_id,
                message=message,
                number=message.tries + 1,
                started_at=now,
            )
            Message.objects.filter(pk=message.pk).update(tries=attempt.number)
    return Started(message=message, attempt=attempt, parcel=parcel)


def _was_interrupted(lease: Lease, message: Message, now: datetime) -> bool:
    """Note an attempt that nobody finished: the mail may have left, so its fate is unknown."""
    opened = Attempt.objects.filter(message=message, outcome=Outcome.OPEN)
    if not opened.update(outcome=Outcome.UNKNOWN, detail="interrupted", ended_at=now):
        return False
    _close_unknown(lease, message, now)
    return True


def _settle(lease: Lease, started: Started, result: Result, now: datetime) -> None:
    """Write what became of the attempt, only if the row is still ours."""
    message, attempt = started.message, started.attempt
    with transaction.atomic():
        written = Attempt.objects.filter(pk=attempt.pk, outcome=Outcome.OPEN).update(
            outcome=result.outcome, code=result.code, detail=result.detail, ended_at=now
        )
        if not written:
            return  # Another worker thought us dead and has noted the attempt as unknown already.
        match result.outcome:
            case Outcome.ACCEPTED:
                _close(lease, reason=Reason.HANDED_OVER, now=now)
            case Outcome.REFUSED:
                _close(lease, reason=Reason(result.reason), now=now)
            case Outcome.UNKNOWN:
                _close_unknown(lease, message, now)
            case _:
                finish(lease, send_at=retry_at(tries=attempt.number, now=now))


def _close(lease: Lease, *, reason: Reason, now: datetime) -> None:
    """Settle the message for good."""
    finish(lease, reason=reason, send_at=None, settled_at=now)


def _close_unknown(lease: Lease, message: Message, now: datetime) -> None:
    """List the message as ambiguous, with the one further copy that the policy allows, if any."""
    interrupted = Attempt.objects.filter(message=message, outcome=Outcome.UNKNOWN).count()
    again = resend_at(interrupted=interrupted, now=now)
    settled: dict[str, Any] = {"settled_at": None if again else now}
    finish(lease, reason=Reason.UNKNOWN, send_at=again, **settled)


def _fail_to_compose(lease: Lease, message: Message, error: Exception, now: datetime) -> None:
    """Put a message that cannot be written aside for a while, and in the end for good."""
    logger.error("letter-failed", message_id=str(message.pk), exc_info=error)
    number = message.tries + 1
    Attempt.objects.create(
        business_id=message.business_id,
        message=message,
        number=number,
        outcome=Outcome.REFUSED,
        detail=describe_error(error)[:300],
        started_at=now,
        ended_at=now,
    )
    Message.objects.filter(pk=message.pk).update(tries=number)
    if number >= MOST_FAILURES:
        _close(lease, reason=Reason.PROVIDER_ERROR, now=now)
    else:
        finish(lease, send_at=retry_at(tries=number, now=now))


def _rest(channel: Channel, now: datetime) -> None:
    """Let everything due by an unreachable channel wait for the pause."""
    waiting = Message.objects.filter(channel=channel.name, send_at__lte=now)
    waiting.update(send_at=now + CHANNEL_PAUSE)


def _let_go(leases: list[Lease]) -> None:
    """Give back the rows of the batch that were taken and not begun."""
    for lease in leases:
        finish(lease)


def _due(message: Message) -> Due:
    return Due(
        rule=Rule(message.rule),
        occurrence=message.occurrence,
        due_at=message.due_at,
        tried=message.tries > 0,
    )


def _present(message: Message) -> Present:
    appointment = message.appointment
    return Present(
        status=Status(appointment.status),
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
    )
