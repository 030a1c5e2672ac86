"""Settling: what became of attempts is written down, in one transaction for those that left together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from clientela.notify.attempts import Begun, Ended
from clientela.notify.decisions import resend_at, retry_at
from clientela.notify.mail_budget import refund
from clientela.notify.models import Attempt, Message, Outcome, Reason
from clientela.platform.leases import Lease, finish
from clientela.platform.redaction import describe_error

MOST_FAILURES = 5


def settle_attempts(*, ended: Sequence[Ended], now: datetime) -> None:
    """Write what became of the attempts that are still open.

    One that is not was noted as unknown by another worker, which thought us dead: that stays.
    """
    if not ended:
        return
    with transaction.atomic():
        _hold(one.begun for one in ended)
        opened = Attempt.objects.filter(
            pk__in=[one.begun.attempt.pk for one in ended], outcome=Outcome.OPEN
        )
        still_open = set(opened.values_list("pk", flat=True))
        ours = [one for one in ended if one.begun.attempt.pk in still_open]
        _write_results(ours, now)
        # Of these the open attempt was the proof that they are ours, whatever became of the lease.
        accepted = [one.begun.message.pk for one in ours if one.result.outcome is Outcome.ACCEPTED]
        Message.objects.filter(pk__in=accepted).update(
            reason=Reason.HANDED_OVER, send_at=None, settled_at=now, lease_until=None
        )
        for one in ours:
            _settle_other(one, now)


def give_back(*, begun: Sequence[Begun], now: datetime) -> None:
    """Take back attempts that were begun and never made, and let their rows go, due as before."""
    if not begun:
        return
    with transaction.atomic():
        _hold(begun)
        returned = [one for one in begun if _take_back(one)]
        refund(spendings=[one.spending for one in returned if one.spending], now=now)


def _hold(begun: Iterable[Begun]) -> None:
    """Lock the messages first, in one order, as whoever begins an attempt does: nobody waits for each other in a ring."""
    rows = Message.objects.select_for_update().filter(pk__in=[one.message.pk for one in begun])
    list(rows.order_by("pk").values_list("pk"))


def _take_back(one: Begun) -> bool:
    opened = Attempt.objects.filter(pk=one.attempt.pk, outcome=Outcome.OPEN)
    return bool(opened.delete()[0]) and finish(one.lease, tries=one.attempt.number - 1)


def _write_results(ended: list[Ended], now: datetime) -> None:
    """One statement for each different answer."""
    alike: dict[tuple[str, str, str], list[UUID]] = defaultdict(list)
    for one in ended:
        result = one.result
        alike[result.outcome, result.code, result.detail].append(one.begun.attempt.pk)
    for (outcome, code, detail), ids in alike.items():
        Attempt.objects.filter(pk__in=ids).update(
            outcome=outcome, code=code, detail=detail, ended_at=now
        )


def _settle_other(one: Ended, now: datetime) -> None:
    match one.result.outcome:
        case Outcome.ACCEPTED:
            return
        case Outcome.REFUSED:
            close(one.begun.lease, reason=Reason(one.result.reason), now=now)
        case Outcome.UNKNOWN:
            close_unknown(lease=one.begun.lease, message=one.begun.message, now=now)
        case _:
            finish(one.begun.lease, send_at=retry_at(tries=one.begun.attempt.number, now=now))


def close(lease: Lease, *, reason: Reason, now: datetime) -> None:
    """Settle the message for good."""
    finish(lease, reason=reason, send_at=None, settled_at=now)


def close_unknown(*, lease: Lease, message: Message, now: datetime) -> None:
    """List the message as ambiguous, with the one further copy that the policy allows, if any."""
    interrupted = Attempt.objects.filter(message=message, outcome=Outcome.UNKNOWN).count()
    again = resend_at(interrupted=interrupted, now=now)
    settled: dict[str, Any] = {"settled_at": None if again else now}
    finish(lease, reason=Reason.UNKNOWN, send_at=again, **settled)


def set_aside(*, lease: Lease, message: Message, error: Exception, now: datetime) -> None:
    """Put a message that cannot be written aside for a while, and in the end for good."""
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
        close(lease, reason=Reason.PROVIDER_ERROR, now=now)
    else:
        finish(lease, send_at=retry_at(tries=number, now=now))
