"""Appointments that a new absence or closure hits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from clientela.booking.models import Appointment
from clientela.rules.lifecycle import OPEN


def clashes(
    *, resource_ids: Collection[UUID], from_at: datetime, until_at: datetime
) -> list[Appointment]:
    """Return open appointments that use one of the resources in ``[from_at, until_at)``, by start. One query.

    Seats count by their session's resources. Buffers do not clash: only the appointment itself does.
    """
    ids = list(resource_ids)
    return list(
        Appointment.objects.filter(
            Q(occupancies__resource__in=ids) | Q(session__occupancies__resource__in=ids),
            status__in=[status.value for status in OPEN],
            starts_at__lt=until_at,
            ends_at__gt=from_at,
        )
        .select_related("client", "service", "professional__resource", "location")
        .order_by("starts_at", "id")
        .distinct()
    )
