"""The support answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.support.actions.add_line import add_line
from clientela.support.models import Line, Side, Thread
from clientela.support.words import said


def answer_thread(*, thread: Thread, body: str, key: str, by: Actor, now: datetime) -> Line | None:
    """Keep the support's words at the end; ``None`` if this form was sent before. Who answers has read the thread.

    If the person does not look within a few minutes, a mail tells them (``tell_away``). Refuses ``NothingSaid``.
    """
    words = said(body)
    with transaction.atomic():
        line = add_line(
            thread=thread, side=Side.SUPPORT, body=words, key=key, by_id=by.account_id, now=now
        )
        if line is None:
            return None
        Thread.objects.filter(pk=thread.pk).update(
            unread=0, unseen=F("unseen") + 1, told_at=None, last_at=now, closed_at=None
        )
        thread.refresh_from_db(fields=["unread", "unseen", "told_at", "last_at", "closed_at"])
        audit.note(action="support-answered", subject=("support.Thread", thread.pk), by=by, now=now)
    return line
