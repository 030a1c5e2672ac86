"""The client says "I am coming"."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.move_to import lock_appointment, swap
from clientela.booking.errors import ChangeRefused
from clientela.booking.events import AppointmentConfirmedByClient
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import contact_of
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def confirm_attendance(
    *, appointment: Appointment, by: Actor, door: str, now: datetime
) -> Appointment:
    """Note when the client confirmed a coming appointment. Confirming twice changes nothing.

    Refuses ``ChangeRefused`` (``not-open``, ``already-past``). Moving the appointment asks anew.
    """
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.client_confirmed_at is not None:
            return current
        if current.status != Status.CONFIRMED:
            raise ChangeRefused("not-open", contact=contact_of(current))
        if now >= current.starts_at:
            raise ChangeRefused("already-past", contact=contact_of(current))
        swap(current, now=now, client_confirmed_at=now)
        note(
            action="attendance-confirmed",
            subject=current,
            by=by,
            now=now,
            details={"door": door},
        )
        record(
            AppointmentConfirmedByClient(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
            ),
            now=now,
        )
    return current
