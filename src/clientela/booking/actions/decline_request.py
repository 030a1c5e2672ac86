"""Decline a request."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.credit import STAFF_CANCELLED, settle_credit
from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.mark_appointments import mark_again
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.actions.staff_only import require_business
from clientela.booking.events import RequestDeclined
from clientela.booking.models import Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record


def decline_request(
    *,
    appointment: Appointment,
    by: Actor,
    now: datetime,
    because: str = "declined",
    reason_text: str = "",
) -> Appointment:
    """Say no to a request and give back its time and its credit. Declining twice changes nothing.

    ``because`` is ``declined`` (the staff's word) or ``not-answered`` (the job's). Refuses ``StaffOnly`` and
    ``MoveNotAllowed``.
    """
    require_business(by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.DECLINED:
            return current
        move_to(
            appointment=current,
            new=Status.DECLINED,
            now=now,
            cancelled_at=now,
            cancelled_because=because,
        )
        give_back(current, now=now)
        settle_credit(appointment=current, outcome=STAFF_CANCELLED, now=now)
        mark_again(appointment=current, by=by, now=now)
        note(
            action="request-declined",
            subject=current,
            by=by,
            now=now,
            reason=reason_text,
            details={"because": because},
        )
        record(
            RequestDeclined(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=by.kind.value,
                because=because,
            ),
            now=now,
        )
    return current
