"""Due work of support."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.platform.jobs import due_work
from clientela.support.actions.expire_requests import expire_requests
from clientela.support.actions.forget_threads import forget_old_guests
from clientela.support.actions.tell_away import tell_away


@due_work("support.tell-away", every=timedelta(seconds=20))
def tell(now: datetime) -> int:
    """Have those told by mail who have not looked at an answer."""
    return tell_away(now=now)


@due_work("support.forget-old-guests", every=timedelta(days=1))
def forget(now: datetime) -> int:
    """Forget what guests wrote a year ago."""
    return forget_old_guests(now=now)


@due_work("support.expire-requests", every=timedelta(hours=1))
def expire(now: datetime) -> int:
    """End what waited for the client too long."""
    return expire_requests(now=now)
