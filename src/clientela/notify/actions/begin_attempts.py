"""Beginning: due messages are decided again and written, and their attempts noted before anything leaves.

Reading and writing letters takes no lock. The short transaction at the end takes the rows, looks once more
whether anything they speak of has changed meanwhile, and only then writes the attempts: what leaves was true
when its attempt began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from clientela.booking.models import Appointment
from clientela.notify.actions.settle_attempts import close, close_unknown, set_aside
from clientela.notify.attempts import Begun
from clientela.notify.channels import channels
from clientela.notify.decisions import Due, Present, decide_when_due
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import Attempt, Message, Outcome, Reason, Rule
from clientela.notify.queries.due_messages import DueMessage, due_messages
from clientela.platform.leases import Lease, finish
from clientela.platform.logs import get_logger
from clientela.platform.tenancy import business_scope
from clientela.rules.lifecycle import Status

# A batch of mails to a server that lets each one wait for the whole time-out still fits.
LEASE = timedelta(minutes=10)

logger = get_logger("clientela.notify")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become of a due message: a parcel, a reason why not, or the error of writing it."""

    lease: Lease
    due: DueMessage
    verdict: Reason
    parcel: object | None = None
    error: Exception | None = None
    is_readdressed: bool = False

    @property
    def spending(self) -> Spending | None:
        """What it takes of its address's budget; a second copy was counted with the first."""
        message = self.due.message
        is_counted = self.due.is_stranger_made and not message.tries
        return Spending(message.address) if is_counted else None


def begin_attempts(*, leases: Sequence[Lease], now: datetime) -> list[Begun]:
    """Decide on the messages of these leases and begin the attempts of those that are to leave now.

    The others are settled: overtaken, too late, held by the gate, over the budget of their address,
    interrupted before, or impossible to write. A row that was lost to another worker is left alone; one
    whose appointment changed between reading and writing is let go and comes again at once.
    """
    by_id = {lease.pk: lease for lease in leases}
    drafts = [
        _draft(by_id[due.message.pk], due, now) for due in due_messages(ids=list(by_id), now=now)
    ]
    with transaction.atomic():
        return _begin(_still_ours(drafts, now), now)


def _draft(lease: Lease, due: DueMessage, now: datetime) -> Draft:
    """Decide by the present state, and write the letter of what is to leave."""
    message = due.message
    verdict = _verdict(due, now)
    if verdict is not Reason.QUEUED:
        return Draft(lease=lease, due=due, verdict=verdict)
    planned = message.address
    if due.contact:  # where the client is told now
        message.address = due.contact.address
    try:
        with business_scope(message.business_id):
            channel = channels()[message.channel]
            parcel = channel.compose(message, policy=due.policy, now=now)
    except Exception as error:  # one poisoned row must not stop the others
        logger.exception("letter-failed", message_id=str(message.pk))
        return Draft(lease=lease, due=due, verdict=verdict, error=error)
    return Draft(
        lease=lease,
        due=due,
        verdict=verdict,
        parcel=parcel,
        is_readdressed=message.address != planned,
    )


def _verdict(due: DueMessage, now: datetime) -> Reason:
    message, appointment = due.message, due.told[0]
    verdict = decide_when_due(
        message=Due(
            rule=Rule(message.rule),
            occurrence=message.occurrence,
            due_at=message.due_at,
            tried=message.tries > 0,
        ),
        present=Present(
            status=Status(appointment.status),
            sequence=appointment.sequence,
            starts_at=appointment.starts_at,
        ),
        standing=due.standing,
        now=now,
    )
    has_no_address = due.contact is not None and not due.contact.address
    return Reason.NO_ADDRESS if verdict is Reason.QUEUED and has_no_address else verdict


def _still_ours(drafts: list[Draft], now: datetime) -> list[Draft]:
    """Lock the rows; return the drafts that still hold, with interrupted ones noted and changed ones let go."""
    ids = [one.lease.pk for one in drafts]
    rows: Any = Message.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, send_at__isnull=False
    )
    epochs = dict(rows.order_by("pk").values_list("pk", "lease_epoch"))
    ours = [one for one in drafts if epochs.get(one.lease.pk) == one.lease.epoch]
    interrupted = _note_interrupted([one.lease.pk for one in ours], now)
    known = _versions(ours)
    kept = []
    for draft in ours:
        if draft.lease.pk in interrupted:
            close_unknown(lease=draft.lease, message=draft.due.message, now=now)
        elif any(known.get(key) != seen for key, seen in draft.due.versions().items()):
            finish(draft.lease)
        else:
            kept.append(draft)
    return kept


def _note_interrupted(ids: list[UUID], now: datetime) -> set[UUID]:
    """Note attempts that nobody finished: those mails may have left, so their fate is unknown."""
    opened = Attempt.objects.filter(message__in=ids, outcome=Outcome.OPEN)
    found = set(opened.values_list("message_id", flat=True))
    if found:
        opened.update(outcome=Outcome.UNKNOWN, detail="interrupted", ended_at=now)
    return found


def _versions(drafts: list[Draft]) -> Mapping[UUID, tuple[int, str]]:
    """Return what the appointments are now, in this transaction."""
    ids = {key for one in drafts for key in one.due.versions()}
    rows = Appointment.objects.filter(pk__in=ids).values_list("pk", "sequence", "status")
    return {key: (sequence, status) for key, sequence, status in rows}


def _begin(drafts: list[Draft], now: datetime) -> list[Begun]:
    """Settle what does not leave, and write the attempts of the rest."""
    leaving = []
    for draft in drafts:
        if draft.error is not None:
            set_aside(lease=draft.lease, message=draft.due.message, error=draft.error, now=now)
        elif draft.parcel is None:
            close(draft.lease, reason=draft.verdict, now=now)
        else:
            leaving.append(draft)
    return _write_attempts(_within_budget(leaving, now), now)


def _within_budget(drafts: list[Draft], now: datetime) -> list[Draft]:
    """Let go for good what strangers' acts would bring above the budget of an address."""
    counted = [one for one in drafts if one.spending]
    if not counted:
        return drafts
    answers = spend(spendings=[one.spending for one in counted if one.spending], now=now)
    over = {one.lease.pk for one, may in zip(counted, answers, strict=True) if not may}
    for draft in counted:
        if draft.lease.pk in over:
            close(draft.lease, reason=Reason.POLICY_GATE, now=now)
    return [one for one in drafts if one.lease.pk not in over]


def _write_attempts(drafts: list[Draft], now: datetime) -> list[Begun]:
    begun = [_attempt(one, now) for one in drafts]
    Attempt.objects.bulk_create([one.attempt for one in begun])
    Message.objects.filter(pk__in=[one.message.pk for one in begun]).update(
        tries=F("tries") + 1, lease_until=now + LEASE
    )
    for draft in drafts:
        if draft.is_readdressed:
            Message.objects.filter(pk=draft.lease.pk).update(address=draft.due.message.address)
    return begun


def _attempt(draft: Draft, now: datetime) -> Begun:
    message = draft.due.message
    attempt = Attempt(
        business_id=message.business_id,
        message=message,
        number=message.tries + 1,
        started_at=now,
    )
    return Begun(
        lease=draft.lease,
        message=message,
        attempt=attempt,
        channel=channels()[message.channel],
        parcel=draft.parcel,
        spending=draft.spending,
    )
