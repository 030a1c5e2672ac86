"""Requests that nobody answered end with their start."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.actions.decline_request import decline_request
from clientela.booking.errors import MoveNotAllowed, StaleState
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

NOT_ANSWERED = "not-answered"


def expire_requests(*, now: datetime, limit: int = 100) -> int:
    """Decline the requests of every business whose start has come, each in its own transaction.

    Runs in the system's scope. Returns how many were declined; one that somebody answers meanwhile is theirs.
    """
    due = list(
        Appointment.objects.filter(status=Status.REQUESTED.value, starts_at__lte=now).order_by(
            "starts_at"
        )[:limit]
    )
    done = 0
    for request in due:
        with business_scope(request.business_id):
            try:
                decline_request(
                    appointment=request,
                    by=Actor.system("expire-requests"),
                    now=now,
                    because=NOT_ANSWERED,
                )
            except (MoveNotAllowed, StaleState):
                continue
        done += 1
    return done
