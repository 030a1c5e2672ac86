"""Due work of booking."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.booking.actions.end_holds import end_holds
from clientela.booking.actions.expire_requests import expire_requests
from clientela.platform.jobs import due_work
from clientela.platform.tenancy import system_scope


@due_work("booking.expire-requests", every=timedelta(minutes=1))
def expire(now: datetime) -> int:
    """Decline requests that nobody answered before their start."""
    with system_scope("requests of every business end with their start"):
        return expire_requests(now=now)


@due_work("booking.end-holds", every=timedelta(seconds=15))
def end_unpaid(now: datetime) -> int:
    """Give back the times whose clients did not pay while they were held."""
    with system_scope("holds of every business end with their time"):
        return end_holds(now=now)
