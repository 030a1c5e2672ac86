"""What an operator should look at: messages whose fate is unknown, and messages that failed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clientela.notify.models import Message, Reason
from clientela.notify.queries.offered import give_stand_ins

FAILED = (
    Reason.PROVIDER_ERROR,
    Reason.BOUNCED_HARD,
    Reason.BOUNCED_SOFT,
    Reason.CARRIER_FILTERED,
    Reason.SCHEDULER_DOWN,
)
WITH = ("appointment__business", "appointment__service")


def ambiguous_messages(*, limit: int = 100) -> list[Message]:
    """Messages that may or may not have left, oldest first, until somebody settles them."""
    undecided = Message.objects.filter(reason=Reason.UNKNOWN, left_at__isnull=True)
    found = undecided.select_related(*WITH).prefetch_related("attempts")
    return _told(found.order_by("created_at", "id")[:limit])


def failed_messages(*, since: datetime, limit: int = 100) -> list[Message]:
    """Messages given up since then, newest first, with their attempts.

    Not those that were not even tried, because their address had failed before: that is known.
    """
    failed = Message.objects.filter(reason__in=FAILED, created_at__gte=since).exclude(
        reason=Reason.BOUNCED_HARD, tries=0
    )
    found = failed.select_related(*WITH).prefetch_related("attempts")
    return _told(found.order_by("-created_at", "-id")[:limit])


def _told(rows: Iterable[Message]) -> list[Message]:
    """Offers of the waiting list come with the appointments they would be."""
    found = list(rows)
    give_stand_ins(found)
    return found
