"""Let what was recorded be heard, by the support's requests only (and the markers, where asked), each event twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.platform.models import OutboxEvent
from clientela.platform.outbox import handlers_of, read

MARKERS = ("booking.mark-merged", "booking.mark-parted")


def hear(now: datetime, *, and_markers: bool = False) -> set[str]:
    """Hear all there is, and what that recorded; say which facts there were."""
    heard: set[UUID] = set()
    names: set[str] = set()
    while rows := [one for one in OutboxEvent.objects.order_by("id") if one.pk not in heard]:
        for row in rows:
            heard.add(row.pk)
            names.add(row.name)
            for handler in handlers_of(row.name):
                ours = handler.name.startswith("support.")
                if ours or (and_markers and handler.name in MARKERS):
                    handler.handle(read(row), now=now)
                    handler.handle(read(row), now=now)
    OutboxEvent.objects.filter(pk__in=heard).delete()
    return names
