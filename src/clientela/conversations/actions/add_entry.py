"""One more thing was said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from clientela.conversations.models import Conversation, Direction, Entry
from clientela.conversations.words import kept_words


def add_entry(
    *,
    conversation: Conversation,
    direction: Direction,
    body: str,
    key: str = "",
    keyword: str = "",
    by_id: UUID | None = None,
    now: datetime,
) -> Entry | None:
    """Keep it at the end of the thread, in the caller's transaction; ``None`` if what came in was kept before.

    ``key`` is the provider's id of what came in. What comes in is unread, and brings a thread that was put aside
    back. What goes out makes the thread read.
    """
    comes_in = direction == Direction.IN
    entry = Entry(
        business_id=conversation.business_id,
        conversation=conversation,
        direction=direction,
        body=kept_words(body),
        key=key[:200],
        keyword=keyword,
        by_id=by_id,
        at=now,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        if key and Entry.objects.filter(business=conversation.business_id, key=entry.key).exists():
            return None
        raise
    rows = Conversation.objects.filter(pk=conversation.pk)
    if comes_in:
        rows.update(unread=F("unread") + 1, last_at=now, closed_at=None)
    else:
        rows.update(unread=0, last_at=now)
    conversation.refresh_from_db(fields=["unread", "last_at", "closed_at"])
    return entry
