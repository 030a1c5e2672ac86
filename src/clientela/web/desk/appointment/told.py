"""Every message there was or should have been about an appointment, with the reason, for staff to read."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.notify.models import Message, Reason
from clientela.notify.queries.trace import trace
from clientela.web.desk.forecasts import of_standing
from clientela.web.desk.staff import Desk
from clientela.web.desk.ways import Told, traced


def told_about(appointment: Appointment, *, desk: Desk) -> list[Told]:
    """The trace, latest first; until the first row is written, what the client will be sent.

    Of an appointment that came in a file nobody was told.
    """
    lines = trace(appointment=appointment, now=desk.now)
    if lines:
        return traced(lines, zone=desk.zone)
    return of_standing(appointment, now=desk.now)


def undecided(appointment: Appointment) -> list[Message]:
    """The messages of which nobody knows whether they left, and that nobody has settled. One query."""
    return list(
        Message.objects.filter(
            appointment=appointment,
            reason=Reason.UNKNOWN,
            left_at__isnull=True,
            send_at__isnull=True,
        ).order_by("created_at", "id")
    )
