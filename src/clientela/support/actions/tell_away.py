"""Whoever has not looked at an answer is told by mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.platform import outbox
from clientela.support.events import AnswerUnseen
from clientela.support.models import Thread
from clientela.support.queries.threads import unseen_threads

AWAY_AFTER: Final = timedelta(minutes=5)
"""How long the last answer stays unseen before a mail tells of all of them."""
_AT_ONCE: Final = 100


def tell_away(*, now: datetime) -> int:
    """Record ``AnswerUnseen`` for each thread whose answers wait; once for each batch, until the person looks.

    Another answer begins the batch anew, so that it is told of, too. Returns how many were recorded.
    """
    told = 0
    waiting = unseen_threads(since=now - AWAY_AFTER)
    for key in list(waiting.values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            if Thread.objects.filter(pk=key, unseen__gt=0, told_at__isnull=True).update(
                told_at=now
            ):
                outbox.record(AnswerUnseen(thread_id=key), now=now)
                told += 1
    return told
