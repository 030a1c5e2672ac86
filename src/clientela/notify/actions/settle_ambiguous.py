"""What a person decides about a message that may or may not have left."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.notify.errors import NotAmbiguous
from clientela.notify.models import Message, Reason
from clientela.platform import audit
from clientela.platform.actor import Actor


def resend_message(*, message: Message, by: Actor, now: datetime) -> Message:
    """Send the ambiguous message once more, now, under the same Message-ID.

    What it says is decided when it leaves, as ever: it may by then be superseded.
    """
    return _decide(message, by=by, now=now, act="message-resent", send_at=now)


def leave_message(*, message: Message, by: Actor, now: datetime) -> Message:
    """Leave the ambiguous message as it is: it stays ``unknown``, and nothing more is tried."""
    return _decide(message, by=by, now=now, act="message-left", send_at=None)


def _decide(
    message: Message, *, by: Actor, now: datetime, act: str, send_at: datetime | None
) -> Message:
    """Settle by compare-and-swap: two people who decide at once cannot both have their way."""
    with transaction.atomic():
        undecided = Message.objects.filter(
            pk=message.pk, reason=Reason.UNKNOWN, left_at__isnull=True
        )
        values = {"left_at": now, "settled_at": now} if send_at is None else {"settled_at": None}
        if not undecided.update(send_at=send_at, **values):
            raise NotAmbiguous
        audit.note(action=act, subject=message, by=by, now=now, business_id=message.business_id)
    message.refresh_from_db()
    return message
