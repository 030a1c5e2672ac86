"""A person sends a message again that failed, was held back, or did not reach its reader."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.notify.errors import NotResendable
from clientela.notify.models import Message, Reason
from clientela.platform import audit
from clientela.platform.actor import Actor

# What waits leaves by itself; what was overtaken, or said by another row, must not be told.
NOT_AGAIN: Final = frozenset(
    {
        Reason.QUEUED,
        Reason.SUPERSEDED,
        Reason.CANCELLED_BEFORE_SEND,
        Reason.DUPLICATE_SUPPRESSED,
    }
)


def may_be_sent_again(reason: Reason) -> bool:
    """Whether a message with this reason has a button "send again"."""
    return reason not in NOT_AGAIN


def send_again(*, message: Message, by: Actor, now: datetime) -> Message:
    """Queue the message once more, due now, under the same Message-ID; raises ``NotResendable``.

    It is decided anew when the worker takes it, by the present state: a number that still is a landline, or a
    person who still wants no messages, gets none, and the row says so. Two people who press at once queue one.
    """
    with transaction.atomic():
        if not may_be_sent_again(Reason(message.reason)):
            raise NotResendable
        moved = Message.objects.filter(pk=message.pk, reason=message.reason).update(
            reason=Reason.QUEUED, because="", send_at=now, settled_at=None, left_at=None
        )
        if not moved:
            raise NotResendable
        audit.note(
            action="message-sent-again",
            subject=message,
            by=by,
            now=now,
            business_id=message.business_id,
            details={"was": message.reason},
        )
    message.refresh_from_db()
    return message
