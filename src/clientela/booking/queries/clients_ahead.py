"""How many clients a business still expects."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.models import Appointment, Status


def clients_ahead(*, now: datetime) -> int:
    """Return how many of the scope's clients have a request or an appointment that has not begun."""
    ahead = Appointment.objects.filter(
        status__in=(Status.REQUESTED, Status.CONFIRMED), starts_at__gt=now
    )
    return ahead.values("client_id").distinct().count()
