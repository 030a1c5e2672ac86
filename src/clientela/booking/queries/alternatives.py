"""What is free near a time that cannot be had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.booking.models import Appointment
from clientela.booking.queries.open_slots import open_slots
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service

_NEAR: Final = timedelta(days=7)


def nearest_alternatives(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    starts_at: datetime,
    now: datetime,
    limit: int = 6,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
) -> list[Slot]:
    """Return the free starts closest to ``starts_at`` within a week on either side, in order of time.

    With the professional asked for if that one has any; else with anyone. Of equal distance the later wins.
    Nothing that has passed is an alternative, nor the time that ``ignoring`` has already.
    """
    own = ignoring.starts_at if ignoring else None
    for person in (professional, None) if professional else (None,):
        slots = open_slots(
            business=business,
            service=service,
            location=location,
            professional=person,
            from_at=max(starts_at - _NEAR, now),
            until_at=starts_at + _NEAR,
            now=now,
            for_staff=for_staff,
            ignoring=ignoring,
        )
        near = sorted(
            (slot for slot in slots if slot.starts_at != own),
            key=lambda slot: (abs(slot.starts_at - starts_at), slot.starts_at < starts_at),
        )
        if near:
            return sorted(near[:limit], key=lambda slot: slot.starts_at)
    return []
