"""Write what staff tell each other about an appointment."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.actions.move_to import lock_appointment
from clientela.booking.actions.staff_only import require_business
from clientela.booking.models import Appointment
from clientela.business.plain_text import note as note_text
from clientela.platform.actor import Actor
from clientela.platform.audit import note

LONGEST: Final = 10_000


def write_staff_note(
    *, appointment: Appointment, text: str, by: Actor, now: datetime
) -> Appointment:
    """Replace the staff's note. The client is never shown it, so nothing is told and ``sequence`` stays.

    The audit says that it changed, not what it says. Writing the same text changes nothing.
    Refuses ``StaffOnly``.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        kept = note_text(text, limit=LONGEST)
        if kept == current.staff_note:
            return current
        Appointment.objects.filter(pk=current.pk).update(staff_note=kept)
        current.staff_note = kept
        note(action="staff-note-written", subject=current, by=by, now=now)
    return current
