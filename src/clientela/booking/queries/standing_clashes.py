"""Coming appointments that stand on somebody's time off."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from clientela.booking.models import Appointment, Occupancy
from clientela.business.models import Professional
from clientela.rules.lifecycle import OPEN
from clientela.schedule.models import TimeOff


def standing_clashes(
    *, now: datetime, professional: Professional | None = None, limit: int = 20
) -> list[Appointment]:
    """Return open appointments still ahead whose professional, room or machine is away then, by start.

    Seats count by their session's resources. Buffers do not clash. One query, ready to be shown.
    """
    away = TimeOff.objects.filter(
        resource=OuterRef("resource"),
        starts_at__lt=OuterRef(OuterRef("ends_at")),
        ends_at__gt=OuterRef(OuterRef("starts_at")),
    )
    held = Occupancy.objects.filter(
        Q(appointment=OuterRef("pk")) | Q(session__isnull=False, session=OuterRef("session"))
    )
    rows = Appointment.objects.filter(
        Exists(held.filter(Exists(away))),
        status__in=[status.value for status in OPEN],
        starts_at__gt=now,
    )
    if professional is not None:
        rows = rows.filter(professional=professional)
    return list(
        rows.select_related("client", "service", "professional__resource", "location").order_by(
            "starts_at", "id"
        )[:limit]
    )
