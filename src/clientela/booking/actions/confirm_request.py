"""Confirm a request."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.actions.staff_only import require_business
from clientela.booking.errors import MoveNotAllowed
from clientela.booking.events import RequestConfirmed
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def confirm_request(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """Say yes to a request; its time is held already, so nothing can stand in the way.

    Confirming twice changes nothing. Refuses ``StaffOnly``, and ``MoveNotAllowed`` when it was answered otherwise.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.CONFIRMED:
            return current
        if current.status != Status.REQUESTED:  # a time that is held is confirmed by its payment
            raise MoveNotAllowed(status=current.status)
        move_to(appointment=current, new=Status.CONFIRMED, now=now)
        note(action="request-confirmed", subject=current, by=by, now=now)
        record(
            RequestConfirmed(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
            ),
            now=now,
        )
    return current
