"""Offered starts as text, for the API: no model instance and no ``datetime`` for each start."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.booking.queries.open_slots import (
    ask,
    offered_mask,
    permitted_window,
    slots_between,
)
from clientela.business.models import Business, Location
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.clock_time import to_local
from clientela.rules.start_times import start_texts


def slot_texts(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional_id: UUID | None = None,
    from_at: datetime,
    until_at: datetime,
    zone: str,
    now: datetime,
    for_staff: bool = False,
    client: Client | None = None,
) -> list[str]:
    """Return the offered starts in ``[from_at, until_at)`` as ISO 8601 texts with the offset of ``zone``.

    The same starts as ``open_slots``, each once, in order.
    """
    question = ask(
        business=business,
        service=service,
        location=location,
        professional_id=professional_id,
        now=now,
        for_staff=for_staff,
        client=client,
    )
    if question is None:
        return []
    if service.is_group:
        slots = slots_between(question, from_at=from_at, until_at=until_at)
        texts = [to_local(slot.starts_at, zone).isoformat() for slot in slots]
        return list(dict.fromkeys(texts))
    window = permitted_window(question, from_at=from_at, until_at=until_at)
    if window is None:
        return []
    mask, frame = offered_mask(question=question, window=window)
    return start_texts(mask=mask, frame=frame, zone_name=zone)
