"""The inbox of providers' news: each once, with its effect, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.checkout.actions.hear import Heard, hear
from clientela.checkout.models import EventState, ProviderAccount, ProviderEvent
from clientela.checkout.payment_events import PaymentAlarm
from clientela.checkout.providers.port import Told
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.rules.payment_flow import News

BY: Final = Actor.system("provider-inbox")
_FACTS: Final = (
    "account", "attempt", "page_ref", "payment_ref", "amount_minor", "currency", "refund_ref", "order",
)  # fmt: skip


def apply_event(*, account: ProviderAccount, told: Told, now: datetime) -> ProviderEvent:
    """Write genuine news into the inbox with all it causes; the same news again changes nothing.

    What is about a payment that is not known yet waits, and is heard again when it comes. What is genuine but
    wrong is kept for a person, and an event says so. The caller is in the scope of the account's business.
    """
    with transaction.atomic():
        row, is_new = _enter(account, told, now=now)
        if not is_new:
            return row
        failpoint("checkout.capture.event-entered")
        heard = hear(account=account, told=told, now=now)
        _settle(row, heard, now=now)
        if heard.payment_ref:
            _hear_what_waited(account, heard.payment_ref, now=now)
        failpoint("checkout.capture.before-commit")
    return row


def _enter(account: ProviderAccount, told: Told, *, now: datetime) -> tuple[ProviderEvent, bool]:
    """Insert the row. A parallel delivery of the same event waits here until the first has ended."""
    try:
        with transaction.atomic():
            row = ProviderEvent.objects.create(
                business_id=account.business_id,
                provider_account=account,
                event_id=told.event_id[:255],
                kind=told.kind[:60],
                facts={name: getattr(told, name) for name in _FACTS}
                | {"news": told.news.value if told.news else ""},
                state=EventState.WAITING,
                received_at=now,
            )
    except IntegrityError:
        return ProviderEvent.objects.get(provider_account=account, event_id=told.event_id), False
    return row, True


def _settle(row: ProviderEvent, heard: Heard, *, now: datetime) -> None:
    """Write what became of it."""
    row.state, row.reason = heard.state, heard.reason[:40]
    row.settled_at = None if heard.state == EventState.WAITING else now
    row.save(update_fields=["state", "reason", "settled_at"])
    if heard.state != EventState.QUARANTINED:
        return
    note(
        action="payment-alarm",
        subject=row,
        by=BY,
        now=now,
        reason=heard.reason,
        details={"kind": row.kind},
    )
    record(PaymentAlarm(business_id=row.business_id, provider_event_id=row.pk), now=now)


def _hear_what_waited(account: ProviderAccount, payment_ref: str, *, now: datetime) -> None:
    """Hear again, oldest first, what came before its payment."""
    waiting = ProviderEvent.objects.filter(
        provider_account=account, state=EventState.WAITING, facts__payment_ref=payment_ref
    )
    for row in waiting.order_by("received_at", "id"):
        _settle(row, hear(account=account, told=_told(row), now=now), now=now)


def _told(row: ProviderEvent) -> Told:
    """Return the news as it stands in the inbox."""
    facts = {name: row.facts[name] for name in _FACTS}
    return Told(
        event_id=row.event_id,
        kind=row.kind,
        news=News(row.facts["news"]) if row.facts["news"] else None,
        **facts,
    )


def see_to_alarm(*, event_id: UUID, by: Actor, now: datetime) -> bool:
    """Note that a person has looked at an alarm and it needs nothing more; False if somebody had."""
    with transaction.atomic():
        seen = ProviderEvent.objects.filter(pk=event_id, state=EventState.QUARANTINED).update(
            state=EventState.IGNORED, settled_at=now
        )
        if seen:
            note(
                action="payment-alarm-seen",
                subject=("checkout.ProviderEvent", event_id),
                by=by,
                now=now,
            )
    return bool(seen)
