"""Appointments that a closure of a whole place hits."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.models import Appointment
from clientela.business.models import Location
from clientela.rules.lifecycle import OPEN


def location_clashes(
    *, location: Location, from_at: datetime, until_at: datetime
) -> list[Appointment]:
    """Return open appointments at the location that touch ``[from_at, until_at)``, by start. One query."""
    return list(
        Appointment.objects.filter(
            location=location,
            status__in=[status.value for status in OPEN],
            starts_at__lt=until_at,
            ends_at__gt=from_at,
        )
        .select_related("client", "service", "professional__resource", "location")
        .order_by("starts_at", "id")
    )
