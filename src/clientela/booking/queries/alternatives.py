"""What is free near a time that cannot be had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.booking.models import Appointment
from clientela.booking.queries.open_slots import Question, ask, slots_between
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client

_NEAR: Final = timedelta(days=7)
_LIMIT: Final = 6


def nearest_alternatives(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    starts_at: datetime,
    now: datetime,
    limit: int = _LIMIT,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> list[Slot]:
    """Return the free starts closest to ``starts_at`` within a week on either side, in order of time.

    With the professional asked for if that one has any; else with anyone whom the client may book. Of equal
    distance the later wins.
    Nothing that has passed is an alternative, nor the time that ``ignoring`` has already.
    """
    for person in (professional, None) if professional else (None,):
        question = ask(
            business=business,
            service=service,
            location=location,
            professional_id=person.pk if person else None,
            now=now,
            for_staff=for_staff,
            ignoring=ignoring,
            client=client,
        )
        near = nearest_to(starts_at, question=question, limit=limit) if question else []
        if near:
            return near
    return []


def nearest_to(starts_at: datetime, *, question: Question, limit: int = _LIMIT) -> list[Slot]:
    """Return the nearest free starts that answer a gathered question; its professional only, if it names one."""
    own = question.ignoring.starts_at if question.ignoring else None
    slots = slots_between(
        question,
        from_at=max(starts_at - _NEAR, question.now),
        until_at=starts_at + _NEAR,
    )
    near = sorted(
        (slot for slot in slots if slot.starts_at != own),
        key=lambda slot: (abs(slot.starts_at - starts_at), slot.starts_at < starts_at),
    )
    return sorted(near[:limit], key=lambda slot: slot.starts_at)
