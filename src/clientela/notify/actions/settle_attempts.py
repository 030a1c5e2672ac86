"""Settling: what became of attempts is written down, in one transaction for those that left together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from clientela.notify.actions.apply_receipt import fold_receipts
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.attempts import Begun, Ended
from clientela.notify.channels import channels
from clientela.notify.decisions import CHANNEL_PAUSE, LINE_DOWN, resend_at, retry_at
from clientela.notify.mail_budget import refund
from clientela.notify.models import Attempt, Message, Outcome, Reason
from clientela.notify.receipt_meaning import REFUSED
from clientela.platform.leases import Lease, finish, finish_all
from clientela.platform.redaction import describe_error

MOST_FAILURES = 5
# Where an address that was refused is remembered as such; a device that is gone, its own channel ends.
_KNOWS_ADDRESSES = frozenset({"email", "sms"})


def settle_attempts(*, ended: Sequence[Ended], now: datetime) -> None:
    """Write what became of the attempts that are still open.

    One that is not was noted as unknown by another worker, which thought us dead: that stays. Where a receipt was
    quicker than we, what it says counts.
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
        _write_accepted([one for one in ours if one.result.outcome is Outcome.ACCEPTED], now)
        for one in ours:
            _settle_other(one, now)
        _refund([one.begun for one in ours if _did_not_leave(one)], now)
        _hear_quick_receipts(ours, now)


def give_back(*, begun: Sequence[Begun], now: datetime) -> None:
    """Take back attempts that were begun and never made, and let their rows go, due as before."""
    if not begun:
        return
    with transaction.atomic():
        _hold(begun)
        opened = Attempt.objects.filter(
            pk__in=[one.attempt.pk for one in begun], outcome=Outcome.OPEN
        )
        never_made = set(opened.values_list("pk", flat=True))
        returned = [one for one in begun if one.attempt.pk in never_made]
        opened.delete()
        _let_go(returned)
        refund(spendings=[one.spending for one in returned if one.spending], now=now)
        _refund(returned, now)


def _hold(begun: Iterable[Begun]) -> None:
    """Lock the messages first, in one order, as whoever begins an attempt does: nobody waits for each other in a ring."""
    rows = Message.objects.select_for_update().filter(pk__in=[one.message.pk for one in begun])
    list(rows.order_by("pk").values_list("pk"))


def _let_go(begun: Iterable[Begun]) -> None:
    """Let rows go as if nothing had been begun."""
    alike: dict[int, list[Lease]] = defaultdict(list)
    for one in begun:
        alike[one.attempt.number - 1].append(one.lease)
    for tries, leases in alike.items():
        finish_all(leases, tries=tries)


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


def _write_accepted(accepted: list[Ended], now: datetime) -> None:
    """Say who took them and under which name; one statement for all whom their carrier gave none."""
    alike: dict[tuple[str, str, int, int], list[UUID]] = defaultdict(list)
    for one in accepted:
        result = one.result
        key = result.provider[:20], result.provider_id[:200], result.segments, result.cost_minor
        alike[key].append(one.begun.message.pk)
    for (provider, provider_id, segments, cost_minor), ids in alike.items():
        Message.objects.filter(pk__in=ids).update(
            reason=Reason.HANDED_OVER,
            because="",
            provider=provider,
            provider_id=provider_id,
            segments=segments,
            cost_minor=cost_minor,
            send_at=None,
            settled_at=now,
            lease_until=None,
        )


def _settle_other(one: Ended, now: datetime) -> None:
    lease, message, result = one.begun.lease, one.begun.message, one.result
    match result.outcome:
        case Outcome.ACCEPTED:
            return
        case Outcome.REFUSED:
            close(lease, reason=Reason(result.reason), now=now)
            _tell_address(message, result.reason, result.code or result.detail, now)
        case Outcome.UNKNOWN:
            counted = {"segments": result.segments, "cost_minor": result.cost_minor}
            named = {"provider": result.provider[:20], "provider_id": result.provider_id[:200]}
            close_unknown(lease=lease, message=message, now=now, **counted, **named)
        case _:
            _put_off(one, now)


def _put_off(one: Ended, now: datetime) -> None:
    """Let it come again later and later; where there was nobody to talk to, that says nothing about this message."""
    result = one.result
    is_nobody_there = result.is_unreachable and not result.code
    again = retry_at(tries=one.begun.attempt.number, now=now)
    finish(
        one.begun.lease,
        send_at=now + CHANNEL_PAUSE if is_nobody_there else again,
        because=LINE_DOWN if result.is_unreachable else "",
    )


def _tell_address(message: Message, reason: str, detail: str, now: datetime) -> None:
    """Let the address remember that it was refused for good."""
    trouble = REFUSED.get(Reason(reason))
    if trouble and message.channel in _KNOWS_ADDRESSES and message.address:
        change_address_state(
            business_id=message.business_id,
            channel=message.channel,
            address=message.address,
            trouble=trouble,
            because="provider",
            detail=detail,
            now=now,
        )


def _did_not_leave(one: Ended) -> bool:
    return one.result.outcome in {Outcome.RETRY, Outcome.REFUSED}


def _refund(begun: Sequence[Begun], now: datetime) -> None:
    """Let each channel take off again what certainly did not leave by it."""
    by_channel: dict[str, list[object]] = defaultdict(list)
    for one in begun:
        by_channel[one.channel.name].append(one.parcel)
    for name, parcels in sorted(by_channel.items()):
        channels()[name].refund(parcels, now=now)


def _hear_quick_receipts(ended: list[Ended], now: datetime) -> None:
    """Let receipts count that came while the message was in hand; a plain mail server sends none."""
    with_receipts = {
        one.begun.message.pk: one.begun.attempt.started_at
        for one in ended
        if one.result.provider_id or one.result.outcome is not Outcome.ACCEPTED
    }
    if not with_receipts:
        return
    rows = Message.objects.filter(pk__in=with_receipts, receipts__isnull=False).distinct()
    for row in rows.order_by("pk"):
        fold_receipts(written=row, since=with_receipts[row.pk], now=now)


def close(lease: Lease, *, reason: Reason, because: str = "", now: datetime) -> None:
    """Settle the message for good."""
    finish(lease, reason=reason, because=because, send_at=None, settled_at=now)


def close_unknown(*, lease: Lease, message: Message, now: datetime, **counted: object) -> None:
    """List the message as ambiguous, with the one further copy that its channel's policy allows, if any."""
    again = _again_at(message, now)
    settled: dict[str, Any] = {"because": "", "settled_at": None if again else now, **counted}
    finish(lease, reason=Reason.UNKNOWN, send_at=again, **settled)


def close_interrupted(*, lease: Lease, message: Message, since: datetime, now: datetime) -> None:
    """List a message as ambiguous whose worker died; unless its carrier has told meanwhile what became of it."""
    close_unknown(lease=lease, message=message, now=now)
    fold_receipts(written=Message.objects.get(pk=message.pk), since=since, now=now)


def _again_at(message: Message, now: datetime) -> datetime | None:
    """Say when a message whose fate is unknown leaves once more: never twice by itself, a text never."""
    interrupted = Attempt.objects.filter(message=message, outcome=Outcome.UNKNOWN).count()
    match channels()[message.channel].ambiguity:
        case "resend-once":
            return resend_at(interrupted=interrupted, now=now)
        case "resend-at-once":
            return now if interrupted == 1 else None
        case _:
            return None


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
