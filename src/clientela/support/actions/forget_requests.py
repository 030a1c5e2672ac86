"""What requests forget of somebody who leaves."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.models import Appointment
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.support.actions.end_request import end_request
from clientela.support.actions.expire_requests import GONE
from clientela.support.models import Request, RequestKind, RequestState


def forget_person(*, emails: list[str], now: datetime) -> None:
    """End what the erased person asked, and take their addresses out of what others ask.

    Only what still waits names any address. Runs in the erasure's transaction.
    """
    gone = set(emails)
    waiting = Request.objects.filter(ended_at__isnull=True).exclude(kind=RequestKind.RECLASSIFY)
    for request in waiting.select_related("account"):
        if request.account is None or request.account.email in gone:
            by, state = Actor.system("erasure"), RequestState.WITHDRAWN
            end_request(request=request, state=state, outcome=GONE, by=by, now=now)
        elif gone.intersection(request.emails):
            request.emails = [email for email in request.emails if email not in gone]
            request.save(update_fields=["emails"])


def forget_notes(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told when
    """Empty what specialists wrote about the card's bookings; that they asked, and what came of it, stays."""
    visits = Appointment.objects.filter(client=card).values_list("pk", flat=True)
    Request.objects.filter(appointment_id__in=visits).update(note="")
