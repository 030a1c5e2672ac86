"""The desk's day, or week: appointments and sessions between two instants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Prefetch

from clientela.booking.models import Appointment, Occupancy, Session, Status
from clientela.business.models import Business, Professional
from clientela.rules.lifecycle import HOLDS_TIME

_LONGEST: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """A session of the day, its seats, and who sits in them."""

    session: Session
    seats_taken: int
    appointments: list[Appointment]

    @property
    def seats_left(self) -> int:
        """Seats still free."""
        return max(0, self.session.seats - self.seats_taken)


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Single appointments and sessions, each in order of start."""

    appointments: list[Appointment]
    sessions: list[SessionSheet]


def day_sheet(
    *,
    business: Business,
    from_at: datetime,
    until_at: datetime,
    professional: Professional | None = None,
    statuses: Collection[Status] | None = None,
) -> DaySheet:
    """Return what touches ``[from_at, until_at)``: five queries at most, however full the day.

    ``statuses`` defaults to those that hold their time; a cancelled session is left out. Appointments come
    with client, service, professional, location and the resources they occupy
    (``appointment.occupancies``); seats of sessions are in their session, not in ``appointments``.
    """
    wanted = [one.value for one in (HOLDS_TIME if statuses is None else statuses)]
    rows = (
        Appointment.objects.filter(
            business=business,
            starts_at__gt=from_at - _LONGEST,
            starts_at__lt=until_at,
            ends_at__gt=from_at,
            status__in=wanted,
        )
        .select_related("client", "service", "professional__resource", "location")
        .prefetch_related(
            Prefetch("occupancies", queryset=Occupancy.objects.select_related("resource"))
        )
        .order_by("starts_at", "id")
    )
    sessions = (
        Session.objects.filter(
            business=business,
            starts_at__gt=from_at - _LONGEST,
            starts_at__lt=until_at,
            ends_at__gt=from_at,
            cancelled_at__isnull=True,
        )
        .select_related("service", "professional__resource", "location")
        .annotate(seats_taken=Count("taken"))
        .order_by("starts_at", "id")
    )
    if professional is not None:
        rows, sessions = (
            rows.filter(professional=professional),
            sessions.filter(professional=professional),
        )
    seated: dict[object, list[Appointment]] = {}
    single = []
    for row in rows:
        if row.session_id is None:
            single.append(row)
        else:
            seated.setdefault(row.session_id, []).append(row)
    sheets = [SessionSheet(one, one.seats_taken, seated.get(one.pk, [])) for one in sessions]
    return DaySheet(single, sheets)
