"""Group sessions that still have seats."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from clientela.booking.models import Session
from clientela.booking.slot import Slot
from clientela.business.models import Location
from clientela.catalogue.models import Service
from clientela.rules.interval import Interval
from clientela.rules.slots import SessionSeats, offered_sessions


def offered_seats(
    *,
    service: Service,
    location: Location,
    professional_ids: Collection[UUID],
    window: Interval,
) -> list[Slot]:
    """Return the sessions of a group service that begin in the window and have a seat left. One query, or none."""
    if not service.is_group:
        return []
    rows = {
        session_id: (professional_id, ends_at, SessionSeats(session_id, starts_at, seats, taken))
        for session_id, professional_id, starts_at, ends_at, seats, taken in Session.objects.filter(
            service=service,
            location=location,
            professional__in=list(professional_ids),
            cancelled_at__isnull=True,
            starts_at__gte=window.start,
            starts_at__lt=window.end,
        )
        .annotate(taken_seats=Count("taken"))
        .values_list("id", "professional_id", "starts_at", "ends_at", "seats", "taken_seats")
    }
    offered = offered_sessions(sessions=(seats for _, _, seats in rows.values()), window=window)
    found = []
    for one in offered:
        professional_id, ends_at, _ = rows[one.session_id]
        found.append(
            Slot(
                starts_at=one.starts_at,
                ends_at=ends_at,
                professional_ids=(professional_id,),
                seats_left=one.left,
                session_id=one.session_id,
            )
        )
    return found
