"""Activation: what was held back until then and is still worth knowing is sent; never all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from clientela.booking.models import Appointment
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.notify.queries.due_messages import DueMessage, due_messages
from clientela.notify.reach import CHANNELS
from clientela.rules.lifecycle import OPEN

AT_MOST: Final = 5
"""Of so many appointments, the next ones, what was held back is told; the others stand on the person's pages."""
TELLS_WHAT_STANDS: Final = (
    Rule.CONFIRMATION,
    Rule.REQUEST_RECEIVED,
    Rule.REQUEST_CONFIRMED,
    Rule.CHANGE,
)


def release_held(*, client_id: UUID, now: datetime) -> list[Message]:
    """Queue again, for each of the next appointments, the newest message that was held back and still tells the truth.

    One per appointment, by the first channel that reaches the person; at most five. Everything older stays as it
    is, with its reason: what was held back is never poured out at once (S1.49). Asked again, nothing happens.
    """
    held = _held(client_id, now)
    due = due_messages(ids=[one.pk for one in held], now=now)
    chosen = [
        newest for group in _by_appointment(due) if (newest := _newest_true(group, now)) is not None
    ]
    ids = [one.message.pk for one in chosen[:AT_MOST]]
    Message.objects.filter(pk__in=ids, reason=Reason.NOT_ACTIVATED, tries=0).update(
        reason=Reason.QUEUED,
        because="",
        send_at=now,
        settled_at=None,
        lease_until=None,
        lease_epoch=F("lease_epoch") + 1,
    )
    return [one.message for one in chosen[:AT_MOST]]


def _held(client_id: UUID, now: datetime) -> list[Message]:
    """Return what the gate held back of the appointments ahead, newest first in each, the next appointment first."""
    ahead = Appointment.objects.filter(
        client=client_id, starts_at__gt=now, status__in=[one.value for one in OPEN]
    )
    rows = Message.objects.filter(
        appointment__in=ahead,
        recipient=Recipient.CLIENT,
        rule__in=TELLS_WHAT_STANDS,
        reason=Reason.NOT_ACTIVATED,
        tries=0,
    )
    order = ("appointment__starts_at", "appointment_id", "-created_at", "-id")
    return list(rows.order_by(*order).only("pk"))


def _by_appointment(due: Iterable[DueMessage]) -> list[list[DueMessage]]:
    groups: dict[UUID, list[DueMessage]] = {}
    for one in due:
        groups.setdefault(one.message.about_id, []).append(one)
    return list(groups.values())


def _newest_true(group: Sequence[DueMessage], now: datetime) -> DueMessage | None:
    """Return the newest that would go now; of one fact told by several channels, the first way of ``CHANNELS``."""
    true = [one for one in group if one.verdict(now).goes]
    if not true:
        return None
    newest = max(one.message.occurrence for one in true)
    return min(
        (one for one in true if one.message.occurrence == newest),
        key=lambda one: CHANNELS.index(one.message.channel),
    )
