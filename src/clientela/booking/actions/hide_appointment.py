"""Delete an appointment from its client's view; the business keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.errors import StillAhead
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.own_appointments import OPEN
from clientela.platform.actor import Actor
from clientela.platform.audit import note

_AHEAD: Final = (Status.HELD.value, *OPEN)
_READ: Final = ("status", "ends_at", "hidden_at", "changed_at")


def hide_appointment(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """Put an appointment that is over out of its client's sight: list, page, link, feed and download.

    Nothing else changes: it stays with the business, which sees that the client deleted it. Deleting is
    not cancelling: what will take place refuses ``StillAhead``. Asking twice changes nothing.
    """
    with transaction.atomic():
        # One statement decides, so nothing that was reopened meanwhile is hidden.
        hidden = (
            Appointment.objects.filter(pk=appointment.pk, hidden_at__isnull=True)
            .exclude(status__in=_AHEAD, ends_at__gt=now)
            .update(hidden_at=now, changed_at=now)
        )
        appointment.refresh_from_db(fields=_READ)
        if hidden:
            note(action="appointment-hidden-by-client", subject=appointment, by=by, now=now)
        elif appointment.hidden_at is None:
            raise StillAhead
    return appointment
