"""Both sides look at a thread."""

from __future__ import annotations

from datetime import datetime

from clientela.support.models import Thread


def see_thread(*, thread: Thread, now: datetime) -> None:
    """The person has seen what ``thread``, as it was read, counts as unseen; what came meanwhile stays unseen."""
    if thread.unseen and Thread.objects.filter(pk=thread.pk, unseen=thread.unseen).update(
        unseen=0, told_at=None, seen_at=now
    ):
        thread.unseen, thread.told_at, thread.seen_at = 0, None, now


def read_thread(*, thread: Thread) -> None:
    """The support has read what ``thread``, as it was read, counts as unread; what came meanwhile stays unread."""
    if thread.unread and Thread.objects.filter(pk=thread.pk, unread=thread.unread).update(unread=0):
        thread.unread = 0
