"""Note that the client did not come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.credit import settle_missed, told_of_credit
from clientela.booking.actions.mark_appointments import mark_again
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import TooEarly
from clientela.booking.events import AppointmentMissed
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def mark_no_show(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """Note that the client did not come; from the start on. Noting it twice changes nothing.

    Its credit is forfeited where the policy says so, else it goes back; what is pending stays pending.
    Refuses ``StaffOnly``, ``TooEarly`` and ``MoveNotAllowed``.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.NO_SHOW:
            return current
        if now < current.starts_at:
            raise TooEarly
        move_to(appointment=current, new=Status.NO_SHOW, now=now)
        outcome = settle_missed(appointment=current, now=now)
        mark_again(appointment=current, by=by, now=now)
        note(
            action="appointment-missed",
            subject=current,
            by=by,
            now=now,
            details=told_of_credit(outcome),
        )
        record(
            AppointmentMissed(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
            ),
            now=now,
        )
    return current
