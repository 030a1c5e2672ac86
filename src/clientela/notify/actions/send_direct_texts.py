"""The worker sends the texts that hang on no appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from clientela.notify.actions.apply_receipt import fold_receipts
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.channels import Result
from clientela.notify.channels.sms.channel import CHANNEL
from clientela.notify.channels.sms.port import TextParcel
from clientela.notify.channels.sms.session import Session
from clientela.notify.decisions import retry_at
from clientela.notify.models import DirectText, Outcome, Reason, TextPurpose, Trouble
from clientela.notify.queries.address_states import troubles_of
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.receipt_meaning import REFUSED
from clientela.people.phones import NumberKind, number_kind
from clientela.platform.failpoints import failpoint
from clientela.platform.installation import sending_held_since
from clientela.platform.leases import Lease, finish, take
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.text_segments import segments

BATCH: Final = 20
LEASE: Final = timedelta(minutes=10)
# An answer that has waited so long answers nothing any more.
STALE_AFTER: Final = timedelta(hours=12)
_SMS: Final = "sms"
_TROUBLE: Final = {
    Trouble.STOPPED: Reason.OPTED_OUT,
    Trouble.COMPLAINED: Reason.OPTED_OUT,
    Trouble.LANDLINE: Reason.LANDLINE,
    Trouble.INVALID: Reason.INVALID_NUMBER,
}
_KIND: Final = {
    NumberKind.LANDLINE: Reason.LANDLINE,
    NumberKind.INVALID: Reason.INVALID_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a text does not leave, or the parcel that does."""

    reason: Reason = Reason.QUEUED
    detail: str = ""
    parcel: TextParcel | None = None


def send_direct_texts(*, now: datetime) -> int:
    """Send up to ``BATCH`` due texts; return how many were dealt with.

    Each is decided again: stopped meanwhile, too old, over the month's cap. The row says *unknown* from the moment it
    begins to leave until its gateway has answered, so that one whose worker died says so already, and is never sent
    again by itself. After a restore everything waits.
    """
    with system_scope("sending texts that hang on no appointment"):
        if sending_held_since() is not None:
            return 0
        due = DirectText.objects.filter(send_at__lte=now).order_by("send_at", "id")
        leases = take(due, now=now, lasts=LEASE, limit=BATCH)
        with CHANNEL.session() as way:
            for lease in leases:
                _deal(lease, way, now)
    return len(leases)


def _deal(lease: Lease, way: Session, now: datetime) -> None:
    row = DirectText.objects.select_related("business").filter(pk=lease.pk).first()
    if row is None:
        return  # Forgotten with its thread a moment ago.
    with business_scope(row.business_id):
        parcel = _begun(lease, row, now)
        if parcel is None:
            return
        failpoint("notify.direct-text.begun")
        result = way.hand_over(parcel, now=now)
        failpoint("notify.direct-text.handed-over")
        _settle(lease, row, parcel, result, now)


def _begun(lease: Lease, row: DirectText, now: datetime) -> TextParcel | None:
    """Decide, count and begin in one transaction; settle what does not leave."""
    with transaction.atomic():
        if row.reason == Reason.UNKNOWN:
            _close(lease, row, reason=Reason.UNKNOWN, detail="interrupted", now=now)
            return None
        verdict = _verdict(row, now)
        if verdict.parcel is None:
            _close(lease, row, reason=verdict.reason, detail=verdict.detail, now=now)
            return None
        (because,) = CHANNEL.claim([verdict.parcel], now=now)
        if because:
            _close(lease, row, reason=Reason.POLICY_GATE, detail=because, now=now)
            return None
        mine = DirectText.objects.filter(pk=lease.pk, lease_epoch=lease.epoch)
        ours = mine.update(
            reason=Reason.UNKNOWN,
            tries=F("tries") + 1,
            provider=verdict.parcel.gateway.gateway,
            segments=verdict.parcel.segments,
            cost_minor=verdict.parcel.cost_minor,
        )
        if not ours:
            transaction.set_rollback(True)
            return None
    row.tries += 1
    return verdict.parcel


def _verdict(row: DirectText, now: datetime) -> Verdict:
    """Decide by the present state, in the order in which messages are decided."""
    kind = _KIND.get(number_kind(row.number))
    if kind is not None:
        return Verdict(kind)
    trouble = troubles_of(business_id=row.business_id, pairs=[(_SMS, row.number)])
    found = trouble.get((_SMS, row.number))
    is_the_word = row.purpose == TextPurpose.KEYWORD and found == Trouble.STOPPED
    if found in _TROUBLE and not is_the_word:
        return Verdict(_TROUBLE[found])
    if now >= row.created_at + STALE_AFTER:
        return Verdict(Reason.PROVIDER_ERROR if row.tries else Reason.SCHEDULER_DOWN)
    gateway = open_gateway(business_id=row.business_id)
    if gateway is None:
        return Verdict(Reason.POLICY_GATE, "no-text-gateway")
    return Verdict(
        parcel=TextParcel(
            gateway=gateway,
            number=row.number,
            body=row.body,
            reference=row.pk,
            segments=segments(row.body),
            is_counted=False,
        )
    )


def _settle(
    lease: Lease, row: DirectText, parcel: TextParcel, result: Result, now: datetime
) -> None:
    """Write down what became of it, with what receipts said in the meantime."""
    with transaction.atomic():
        if result.outcome is Outcome.RETRY:
            CHANNEL.refund([parcel], now=now)
            finish(
                lease,
                reason=Reason.QUEUED,
                send_at=retry_at(tries=row.tries, now=now),
                detail=result.detail[:300],
                segments=0,
                cost_minor=0,
            )
            return
        if result.outcome is Outcome.REFUSED:
            CHANNEL.refund([parcel], now=now)
            _tell_address(row, result, now)
        reason = {
            Outcome.ACCEPTED: Reason.HANDED_OVER,
            Outcome.REFUSED: Reason(result.reason or Reason.PROVIDER_ERROR),
        }.get(result.outcome, Reason.UNKNOWN)
        _close(lease, row, reason=reason, detail=result.detail, result=result, now=now)


def _tell_address(row: DirectText, result: Result, now: datetime) -> None:
    trouble = REFUSED.get(Reason(result.reason)) if result.reason else None
    if trouble is not None:
        change_address_state(
            business_id=row.business_id,
            channel=_SMS,
            address=row.number,
            trouble=trouble,
            because="receipt",
            detail=result.code or result.detail,
            now=now,
        )


def _close(
    lease: Lease,
    row: DirectText,
    *,
    reason: Reason,
    detail: str,
    result: Result | None = None,
    now: datetime,
) -> None:
    """Settle for good; what carriers said before this moment counts at once."""
    said = (
        {
            "provider_id": result.provider_id,
            "segments": result.segments,
            "cost_minor": result.cost_minor,
        }
        if result is not None
        else {}
    )
    ours = finish(lease, reason=reason, send_at=None, settled_at=now, detail=detail[:300], **said)
    if ours and row.tries:
        fresh = DirectText.objects.select_for_update().get(pk=row.pk)
        fold_receipts(written=fresh, since=row.created_at, now=now)
