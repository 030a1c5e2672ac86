"""The support puts a thread aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.support.models import Thread


def close_thread(*, thread: Thread, by: Actor, now: datetime) -> None:
    """Take it out of the list until somebody writes again; it counts as read. Twice is once."""
    with transaction.atomic():
        if Thread.objects.filter(pk=thread.pk, closed_at__isnull=True).update(
            closed_at=now, unread=0
        ):
            audit.note(
                action="support-thread-closed",
                subject=("support.Thread", thread.pk),
                by=by,
                now=now,
            )
    thread.refresh_from_db(fields=["closed_at", "unread"])
