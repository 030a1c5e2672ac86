"""Correct what was noted about an appointment that took place, or did not."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.actions.credit import restore_credit, settle_missed
from clientela.booking.actions.mark_appointments import mark_again
from clientela.booking.actions.move_to import lock_appointment, swap
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import MoveNotAllowed, TooEarly
from clientela.booking.events import AppointmentCorrected
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record

AMONG: Final = frozenset({Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW})
"""A correction stays among these: all of them hold their time, so nothing can have taken it."""


def correct_status(
    *, appointment: Appointment, to: Status, by: Actor, reason_text: str = "", now: datetime
) -> Appointment:
    """Set right a state noted by mistake, outside the table of ``rules/lifecycle.py``, and audited as such.

    Only among ``AMONG`` and only from the start on. A cancelled appointment is booked anew instead, for its
    time may be somebody else's. Its credit follows: forfeited by a no-show, used again by coming after all.
    Refuses ``StaffOnly``, ``MoveNotAllowed`` and ``TooEarly``.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        before = Status(current.status)
        if before is to:
            return current
        if before not in AMONG or to not in AMONG:
            raise MoveNotAllowed(status=before.value)
        if now < current.starts_at and to is not Status.CONFIRMED:
            raise TooEarly
        swap(current, now=now, status=to.value)
        if to is Status.NO_SHOW:
            settle_missed(appointment=current, now=now)
        elif before is Status.NO_SHOW:
            restore_credit(appointment=current, now=now)
        mark_again(appointment=current, by=by, now=now)
        note(
            action="status-corrected",
            subject=current,
            by=by,
            now=now,
            reason=reason_text,
            details={"from": before.value, "to": to.value},
        )
        record(
            AppointmentCorrected(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
                status=to.value,
            ),
            now=now,
        )
    return current
