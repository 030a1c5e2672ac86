"""Let what was recorded be heard, by booking's markers and by payouts only, and each event twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.platform.models import OutboxEvent
from clientela.platform.outbox import handlers_of, read

HEARD = (
    "booking.mark-family",
    "booking.mark-household",
    "booking.mark-merged",
    "booking.mark-parted",
    "payouts.settle-marked",
    "payouts.settle-status",
)


def hear(now: datetime, *, times: int = 2) -> None:
    """Hear all there is, and what that recorded; an event may reach a handler again after a crash."""
    done: set[UUID] = set()
    while rows := [one for one in OutboxEvent.objects.order_by("id") if one.pk not in done]:
        for row in rows:
            done.add(row.pk)
            for handler in handlers_of(row.name):
                if handler.name in HEARD:
                    for _ in range(times):
                        handler.handle(read(row), now=now)
    OutboxEvent.objects.filter(pk__in=done).delete()
