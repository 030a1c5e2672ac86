"""Giving back what an appointment holds: its occupancies, or its seat."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.actions.occupy import vacate
from clientela.booking.models import Appointment, Seat, Session


def give_back(appointment: Appointment, *, now: datetime) -> None:
    """Free the time or the seat in the caller's transaction, under its locks.

    A session that its first client opened ends with its last seat, so that the professional is free again.
    """
    vacate(holder=appointment)
    if appointment.session_id is None:
        return
    Seat.objects.filter(appointment=appointment).delete()
    session = Session.objects.get(pk=appointment.session_id)
    if session.opened_by_client and not session.taken.exists():
        Session.objects.filter(pk=session.pk, cancelled_at__isnull=True).update(cancelled_at=now)
        vacate(holder=session)
