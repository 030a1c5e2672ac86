"""The person writes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from clientela.support.actions.add_line import add_line
from clientela.support.models import Line, Side, Thread
from clientela.support.words import said


def write_line(*, thread: Thread, body: str, key: str, now: datetime) -> Line | None:
    """Keep the person's words at the end; ``None`` if this form was sent before.

    The thread becomes unread and comes back if it was put aside; who writes has looked at the answers. Refuses
    ``NothingSaid``.
    """
    words = said(body)
    with transaction.atomic():
        line = add_line(thread=thread, side=Side.PERSON, body=words, key=key, now=now)
        if line is None:
            return None
        Thread.objects.filter(pk=thread.pk).update(
            unread=F("unread") + 1, unseen=0, told_at=None, seen_at=now, last_at=now, closed_at=None
        )
        thread.refresh_from_db(
            fields=["unread", "unseen", "told_at", "seen_at", "last_at", "closed_at"]
        )
    return line
