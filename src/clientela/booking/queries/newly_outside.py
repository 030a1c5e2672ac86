"""Appointments that changed hours would leave standing outside."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from clientela.booking.models import Appointment
from clientela.business.models import Location
from clientela.rules.clock_time import local_date, minute_of_day
from clientela.rules.frame import CELL
from clientela.rules.lifecycle import OPEN
from clientela.rules.weekly_hours import WeeklyHours


def newly_outside(
    *,
    resource_id: UUID,
    location: Location,
    before: WeeklyHours,
    after: WeeklyHours,
    now: datetime,
) -> list[Appointment]:
    """Return coming open appointments that lie in the hours ``before`` and not in those ``after``, by start.

    Hours are read by membership: an appointment lies in them if every five minutes of it do. Those that stood
    outside already are not named again. Buffers may run past closing. One query.
    """
    rows = (
        Appointment.objects.filter(
            Q(occupancies__resource=resource_id) | Q(session__occupancies__resource=resource_id),
            location=location,
            status__in=[status.value for status in OPEN],
            starts_at__gt=now,
        )
        .select_related("client", "service", "professional__resource", "location")
        .order_by("starts_at", "id")
        .distinct()
    )
    return [
        one
        for one in rows
        if _lies_in(before, one, location.zone) and not _lies_in(after, one, location.zone)
    ]


def _lies_in(hours: WeeklyHours, appointment: Appointment, zone: str) -> bool:
    at = appointment.starts_at
    while at < appointment.ends_at:
        minute = minute_of_day(at, zone)
        ranges = hours.open_minutes(local_date(at, zone))
        if not any(opens <= minute < closes for opens, closes in ranges):
            return False
        at += CELL
    return True
