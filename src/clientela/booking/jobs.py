"""Due work of booking."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.booking.actions.end_holds import end_holds
from clientela.booking.actions.expire_requests import expire_requests
from clientela.booking.actions.leave_waiting_list import end_past_waits
from clientela.booking.actions.tell_waiting import tell_waiting
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


@due_work("booking.tell-waiting", every=timedelta(seconds=15))
def tell(now: datetime) -> int:
    """Tell those on waiting lists whose turn has come."""
    with system_scope("turns come in the waiting lists of every business"):
        return tell_waiting(now=now)


@due_work("booking.end-waits", every=timedelta(hours=1))
def end_waits(now: datetime) -> int:
    """Take off the waiting lists whose days are over."""
    with system_scope("days end in the waiting lists of every business"):
        return end_past_waits(now=now)
