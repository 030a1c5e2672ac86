"""What is forgotten of what people wrote to the support."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.support.models import Thread

GUESTS_KEPT: Final = timedelta(days=365)
"""How long after the last line a guest's thread is kept: nobody can ask for it to be erased, for nobody is known."""


def forget_threads(*, emails: list[str], now: datetime) -> None:  # noqa: ARG001 -- every eraser is told when
    """Delete guests' threads that wanted their answers at one of these addresses, with all that was said in them.

    An account's own thread goes with the account.
    """
    Thread.objects.filter(account__isnull=True, email__in=emails).delete()


def forget_old_guests(*, now: datetime) -> int:
    """Delete guests' threads in which nothing was said for a year; say how many."""
    old = Thread.objects.filter(account__isnull=True, last_at__lt=now - GUESTS_KEPT)
    _, kinds = old.delete()
    return kinds.get("support.Thread", 0)
