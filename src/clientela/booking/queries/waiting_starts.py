"""What somebody on the waiting list could book now: asked of the same calendar that clients book from."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.booking.models import WaitingEntry, WaitingOffer
from clientela.booking.queries.open_slots import open_slots
from clientela.booking.slot import Slot
from clientela.rules.interval import Interval

WITH = ("business", "client", "service", "location", "professional__resource")
"""What an entry comes with wherever the calendar is asked for it."""


def starts_within(*, entry: WaitingEntry, freed: Interval, now: datetime) -> list[Slot]:
    """Return the free starts whose appointments would take some of a stretch of time that has become free.

    First those in the stretch, in order, then those before it: what was given up is offered as it was, and the day
    stays in one piece. As a client sees them: lead time, horizon and the professional they are bound to are obeyed.
    """
    lasts = timedelta(minutes=entry.service.duration_minutes)
    found = open_slots(
        business=entry.business,
        service=entry.service,
        location=entry.location,
        professional=entry.professional,
        from_at=max(freed.start - lasts, now),
        until_at=freed.end,
        now=now,
        client=entry.client,
    )
    touching = (one for one in found if one.starts_at < freed.end and freed.start < one.ends_at)
    return sorted(touching, key=lambda one: (one.starts_at < freed.start, one.starts_at))


def is_still_free(*, offer: WaitingOffer, now: datetime) -> bool:
    """Whether the offered start can be booked by its client with its professional at this moment.

    The offer comes with its entry and what the entry comes with (``WITH``).
    """
    entry = offer.entry
    if offer.starts_at <= now:
        return False
    found = open_slots(
        business=entry.business,
        service=entry.service,
        location=entry.location,
        professional=offer.professional,
        from_at=offer.starts_at,
        until_at=offer.starts_at + timedelta(minutes=5),
        now=now,
        client=entry.client,
    )
    return any(one.starts_at == offer.starts_at for one in found)
