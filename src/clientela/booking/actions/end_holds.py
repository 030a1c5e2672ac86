"""Times that were held while their clients paid end with the hold."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.actions.end_hold import end_hold
from clientela.booking.errors import StaleState
from clientela.booking.models import Appointment, Status
from clientela.platform.tenancy import business_scope


def end_holds(*, now: datetime, limit: int = 100) -> int:
    """End the holds of every business whose time has come, each in its own transaction.

    Runs in the system's scope. Returns how many ended; one that is paid for meanwhile is its client's.
    """
    due = list(
        Appointment.objects.filter(status=Status.HELD.value, held_until__lte=now).order_by(
            "held_until"
        )[:limit]
    )
    done = 0
    for held in due:
        with business_scope(held.business_id):
            try:
                ended = end_hold(appointment=held, only_due=True, now=now)
            except StaleState:
                continue
        done += ended.status == Status.CANCELLED
    return done
