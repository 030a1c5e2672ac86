"""Let go of a time that was held while its client paid."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.events import TimeFreed
from clientela.booking.models import NOT_PAID, Appointment, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record

_JOB: Final = Actor.system("end-holds")


def end_hold(
    *,
    appointment: Appointment,
    because: str = NOT_PAID,
    only_due: bool = False,
    by: Actor = _JOB,
    now: datetime,
) -> Appointment:
    """Give back a time that was only held; nobody is told, for nobody was told of it: but the waiting list may be.

    An appointment that is not held (any more) is returned unchanged: the payment came first, or the hold ended
    before. With ``only_due`` so is one whose time has not come. ``because`` is kept as the reason; without
    another, ``not-paid``.
    """
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status != Status.HELD:
            return current
        if only_due and current.held_until is not None and current.held_until > now:
            return current
        move_to(
            appointment=current,
            new=Status.CANCELLED,
            now=now,
            cancelled_at=now,
            cancelled_because=because,
        )
        give_back(current, now=now)
        if current.starts_at > now:
            record(
                TimeFreed(
                    business_id=current.business_id,
                    location_id=current.location_id,
                    client_id=current.client_id,
                    starts_at=current.starts_at,
                    ends_at=current.ends_at,
                ),
                now=now,
            )
        note(action="hold-ended", subject=current, by=by, now=now, details={"because": because})
        failpoint("booking.end-hold.before-commit")
    return current
