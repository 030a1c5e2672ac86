"""One more line at the end of a thread, once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.business.plain_text import line as plain_line
from clientela.support.models import Line, Side, Thread


def add_line(
    *,
    thread: Thread,
    side: Side,
    body: str,
    key: str,
    by_id: UUID | None = None,
    now: datetime,
) -> Line | None:
    """Keep it in the caller's transaction; ``None`` where the thread has a line of this key already."""
    key = plain_line(key, limit=64)
    line = Line(thread=thread, side=side, body=body, key=key, by_id=by_id, at=now)
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        if key and Line.objects.filter(thread=thread, key=key).exists():
            return None
        raise
    return line
