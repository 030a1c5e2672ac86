"""Beginning: the attempts of messages that are to leave are noted before anything leaves.

The letters are written already (``drafts``), without a lock. The short transaction here takes the rows, looks once
more whether anything they speak of has changed meanwhile, and only then writes the attempts: what leaves was
true when its attempt began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from clientela.booking.models import Appointment
from clientela.notify.actions.settle_attempts import close, close_interrupted, set_aside
from clientela.notify.attempts import Begun
from clientela.notify.channels import channels
from clientela.notify.drafts import Draft
from clientela.notify.mail_budget import spend
from clientela.notify.models import Attempt, Message, Outcome, Reason
from clientela.platform.leases import finish

# A batch of mails to a server that lets each one wait for the whole time-out still fits.
LEASE = timedelta(minutes=10)
MAIL_BUDGET = "mail-budget"


def begin_attempts(*, drafts: Sequence[Draft], now: datetime) -> list[Begun]:
    """Begin the attempts of those drafts that are to leave now, and settle the others.

    Those are overtaken, too late, held by the gate or until the morning, over a budget, interrupted before, or
    impossible to write. A row that was lost to another worker, or put off meanwhile, is left alone; one whose
    appointment changed between reading and beginning is let go and comes again at once.
    """
    with transaction.atomic():
        return _begin(_still_ours(drafts, now), now)


def _still_ours(drafts: Sequence[Draft], now: datetime) -> list[Draft]:
    """Lock the rows; return the drafts that still hold, with interrupted ones noted and changed ones let go."""
    ids = [one.lease.pk for one in drafts]
    rows: Any = Message.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    found = {
        pk: (epoch, send_at is not None and send_at <= now)
        for pk, epoch, send_at in rows.order_by("pk").values_list("pk", "lease_epoch", "send_at")
    }
    ours = [one for one in drafts if found.get(one.lease.pk) == (one.lease.epoch, True)]
    for one in drafts:
        if found.get(one.lease.pk) == (one.lease.epoch, False):
            finish(one.lease)  # put off, or settled, by another: ours is only the lease
    interrupted = _note_interrupted([one.lease.pk for one in ours], now)
    known = _versions(ours)
    kept = []
    for draft in ours:
        since = interrupted.get(draft.lease.pk)
        if since is not None:
            close_interrupted(lease=draft.lease, message=draft.due.message, since=since, now=now)
        elif any(known.get(key) != seen for key, seen in draft.due.versions().items()):
            finish(draft.lease)
        else:
            kept.append(draft)
    return kept


def _note_interrupted(ids: list[UUID], now: datetime) -> dict[UUID, datetime]:
    """Note attempts that nobody finished, with their beginning: those messages may have left, so their fate is unknown."""
    opened = Attempt.objects.filter(message__in=ids, outcome=Outcome.OPEN)
    found = dict(opened.values_list("message_id", "started_at"))
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
        verdict = draft.verdict
        if draft.error is not None:
            set_aside(lease=draft.lease, message=draft.due.message, error=draft.error, now=now)
        elif verdict.reason is not Reason.QUEUED:
            close(draft.lease, reason=verdict.reason, because=verdict.because, now=now)
        elif verdict.wait_until is not None:
            finish(draft.lease, send_at=verdict.wait_until, because=verdict.because)
        else:
            leaving.append(draft)
    within = _allowed(leaving, _mail_budget, now)
    return _write_attempts(_allowed(within, _channel_budget, now), now)


def _allowed(
    drafts: list[Draft], ask: Callable[[list[Draft], datetime], Mapping[UUID, str]], now: datetime
) -> list[Draft]:
    """Let go for good what a budget forbids, saying which."""
    forbidden = ask(drafts, now)
    for draft in drafts:
        because = forbidden.get(draft.lease.pk)
        if because:
            close(draft.lease, reason=Reason.POLICY_GATE, because=because, now=now)
    return [one for one in drafts if not forbidden.get(one.lease.pk)]


def _mail_budget(drafts: list[Draft], now: datetime) -> Mapping[UUID, str]:
    """Say what strangers' acts would bring above the budget of an address."""
    counted = [(one.lease.pk, one.spending) for one in drafts if one.spending]
    if not counted:
        return {}
    answers = spend(spendings=[spending for _, spending in counted], now=now)
    return {key: "" if may else MAIL_BUDGET for (key, _), may in zip(counted, answers, strict=True)}


def _channel_budget(drafts: list[Draft], now: datetime) -> Mapping[UUID, str]:
    """Let each channel count what is to leave by it."""
    by_channel: dict[str, list[Draft]] = defaultdict(list)
    for one in drafts:
        by_channel[one.due.message.channel].append(one)
    answers: dict[UUID, str] = {}
    for name, some in sorted(by_channel.items()):
        claimed = channels()[name].claim([one.parcel for one in some], now=now)
        answers |= {one.lease.pk: word for one, word in zip(some, claimed, strict=True)}
    return answers


def _write_attempts(drafts: list[Draft], now: datetime) -> list[Begun]:
    """Note what leaves, under which consent; the database refuses a client's attempt without one."""
    if not drafts:
        return []
    begun = [_attempt(one, now) for one in drafts]
    _note_present(drafts)
    Message.objects.filter(pk__in=[one.message.pk for one in begun]).update(
        tries=F("tries") + 1, lease_until=now + LEASE, because=""
    )
    Attempt.objects.bulk_create([one.attempt for one in begun])
    return begun


def _note_present(drafts: list[Draft]) -> None:
    """Write where the messages go, and by whose word, where their rows say otherwise."""
    changed = []
    for draft in drafts:
        message, consent = draft.due.message, draft.verdict.consent_id
        # Composing noted which version of the business's own words it wrote with; ours are 0, as in the row.
        if draft.is_readdressed or consent != message.consent_id or message.template_version:
            message.consent_id = consent
            changed.append(message)
    if changed:
        Message.objects.bulk_update(changed, ["address", "consent", "template_version"])


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
