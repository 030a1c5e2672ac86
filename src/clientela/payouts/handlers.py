"""What payouts hears: whatever may change what a settled visit is worth."""

from __future__ import annotations

from datetime import datetime

from clientela.booking.events import (
    AppointmentAttended,
    AppointmentCorrected,
    AppointmentEvent,
    AppointmentMarked,
    AppointmentMissed,
)
from clientela.payouts.actions.settle_visit import settle_visit
from clientela.platform.outbox import on


@on(AppointmentMarked, name="payouts.settle-marked")
def settle_marked(event: AppointmentMarked, *, now: datetime) -> None:
    """A marker turned: new where returning was counted, or the other way."""
    settle_visit(appointment_id=event.appointment_id, cause=f"marked:{event.number}", now=now)


@on(AppointmentAttended, AppointmentMissed, AppointmentCorrected, name="payouts.settle-status")
def settle_status(event: AppointmentEvent, *, now: datetime) -> None:
    """It took place after all, or it did not, though its day is settled."""
    settle_visit(appointment_id=event.appointment_id, cause=f"status:{event.sequence}", now=now)
