"""Note that the client came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import TooEarly
from clientela.booking.events import AppointmentAttended
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def mark_attended(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """Note that the client came; from the start on. Noting it twice changes nothing.

    Refuses ``StaffOnly``, ``TooEarly`` and ``MoveNotAllowed``.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.ATTENDED:
            return current
        if now < current.starts_at:
            raise TooEarly
        move_to(appointment=current, new=Status.ATTENDED, now=now)
        note(action="appointment-attended", subject=current, by=by, now=now)
        record(
            AppointmentAttended(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
            ),
            now=now,
        )
    return current
