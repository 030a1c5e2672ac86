"""When to come again: the same with the same person at the same time of the week, else near it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.booking.models import Appointment
from clientela.booking.queries.open_slots import open_slots
from clientela.booking.queries.own_professional import professional_for_move
from clientela.booking.slot import Slot
from clientela.business.models import Professional
from clientela.platform.tenancy import business_scope
from clientela.rules.rebooking import nearest_to_time_of_week

_AHEAD: Final = timedelta(days=62)


def rebook_proposals(*, appointment: Appointment, now: datetime, count: int = 3) -> list[Slot]:
    """Return up to ``count`` free starts for the same service, the likeliest first.

    With the same professional (of a bound client, theirs), at the same weekday and wall-clock time, the
    soonest week first; then whatever is nearest to that time of the week, within two months or the service's
    own horizon. Where that professional has nothing, with whoever the client may book. Nothing of a service
    that is not offered any more. It needs no scope: the appointment names its business.
    """
    with business_scope(appointment.business_id):
        for person in (professional_for_move(appointment), None):
            starts = _free(appointment, person, now=now)
            if starts:
                chosen = nearest_to_time_of_week(
                    starts=starts,
                    like=appointment.starts_at,
                    zone_name=appointment.promised_zone,
                    count=count,
                )
                return [starts[start] for start in chosen]
    return []


def _free(
    appointment: Appointment, person: Professional | None, *, now: datetime
) -> dict[datetime, Slot]:
    """Return the free starts in order. A place that was closed is no reason to offer nothing: the first one is meant."""
    place = appointment.location if appointment.location.is_active else None
    found = open_slots(
        business=appointment.business,
        service=appointment.service,
        location=place,
        professional=person,
        from_at=now,
        until_at=now + _AHEAD,
        now=now,
        client=appointment.client,
    )
    return {slot.starts_at: slot for slot in found}
