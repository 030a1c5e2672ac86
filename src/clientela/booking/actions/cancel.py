"""Cancel an appointment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.errors import ChangeRefused
from clientela.booking.events import AppointmentCancelled
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import change_options
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record


def cancel_appointment(
    *, appointment: Appointment, by: Actor, door: str, reason_text: str = "", now: datetime
) -> Appointment:
    """Cancel, and give back its time or seat, if the policy lets this actor; else ``ChangeRefused``.

    The values are the business's (``BookingPolicy``, overridden by the service); the rule is
    ``rules/cancellation.py``, asked inside the transaction. Cancelling what is cancelled already returns
    it unchanged: a double click is not an error.
    """
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.CANCELLED:
            return current
        options = change_options(appointment=current, now=now, by=by)
        if not options.cancel.allowed:
            raise ChangeRefused(
                options.cancel.reason.value,
                closes_at=options.cancel.closes_at,
                contact=options.contact,
            )
        because = options.cancel.reason.value
        move_to(
            appointment=current,
            new=Status.CANCELLED,
            now=now,
            cancelled_at=now,
            cancelled_because=because,
        )
        give_back(current, now=now)
        tell_cancelled(current, because=because, door=door, text=reason_text, by=by, now=now)
        failpoint("booking.cancel.before-commit")
    return current


def tell_cancelled(
    appointment: Appointment, *, because: str, door: str, text: str, by: Actor, now: datetime
) -> None:
    """Audit and record a cancellation; the caller's transaction."""
    note(
        action="appointment-cancelled",
        subject=appointment,
        by=by,
        now=now,
        reason=text,
        details={"because": because, "door": door},
    )
    record(
        AppointmentCancelled(
            business_id=appointment.business_id,
            appointment_id=appointment.pk,
            sequence=appointment.sequence,
            by=by.kind.value,
            because=because,
        ),
        now=now,
    )
