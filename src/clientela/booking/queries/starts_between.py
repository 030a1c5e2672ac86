"""Free starts of whole dates as JSON, for the API: the short way where it applies, else the long one."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from clientela.booking.queries.engine_needs import exact, frame_around
from clientela.booking.queries.one_read import PlainOffer, read_plain_offer
from clientela.booking.queries.open_slots import is_bound_elsewhere
from clientela.booking.queries.slot_texts import slot_texts
from clientela.rules.availability import grid_mask, window_mask
from clientela.rules.booking_window import window_interval
from clientela.rules.clock_time import to_exact
from clientela.rules.interval import Interval
from clientela.rules.slots import offered_slots
from clientela.rules.start_times import start_json

if TYPE_CHECKING:
    from clientela.business.models import Business, Location
    from clientela.catalogue.models import Service
    from clientela.people.models import Client


def quick_starts_json(
    *,
    service_id: UUID,
    location_id: UUID | None,
    professional_id: UUID | None,
    from_on: date,
    until_on: date,
    zone: str,
    now: datetime,
    client: Client | None = None,
) -> tuple[str, str] | None:
    """Return the zone and the free starts in ``[from_on, until_on)`` of it, as a JSON array; one statement.

    ``zone`` may be blank for the location's. ``None`` where the short way does not apply.
    """
    bound_to = client.bound_to_id if client else None
    if is_bound_elsewhere(bound_to=bound_to, professional_id=professional_id):
        return None
    offer = read_plain_offer(
        service_id=service_id,
        location_id=location_id,
        professional_id=professional_id or bound_to,
        from_on=from_on,
        until_on=until_on,
    )
    if offer is None:
        return None
    shown_in = zone or offer.zone
    asked = between_dates(from_on=from_on, until_on=until_on, zone=shown_in)
    starts = _starts_json(offer, asked=asked, zone=shown_in, now=now)
    return None if starts is None else (shown_in, starts)


def starts_json(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location,
    professional_id: UUID | None,
    from_on: date,
    until_on: date,
    zone: str,
    now: datetime,
    client: Client | None = None,
) -> str:
    """Return the same by the long way, for every kind of service."""
    asked = between_dates(from_on=from_on, until_on=until_on, zone=zone)
    return json.dumps(
        slot_texts(
            business=business,
            service=service,
            location=location,
            professional_id=professional_id,
            from_at=asked.start,
            until_at=asked.end,
            zone=zone,
            now=now,
            client=client,
        ),
        separators=(",", ":"),
    )


def between_dates(*, from_on: date, until_on: date, zone: str) -> Interval:
    """Return the exact stretch from one local midnight to another."""
    start, end = (
        to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")
        for on in (from_on, until_on)
    )
    return Interval(start, end)


def _starts_json(offer: PlainOffer, *, asked: Interval, zone: str, now: datetime) -> str | None:
    allowed = window_interval(window=offer.window, now=now, zone_name=offer.zone)
    if allowed is None:
        return "[]"
    start, end = max(exact(asked.start), allowed.start), min(exact(asked.end), allowed.end)
    if start >= end:
        return "[]"
    frame = frame_around(from_at=start, until_at=end, time=offer.time)
    needs = offer.needs(frame)
    if needs is None:
        return None
    grid = grid_mask(zone_name=offer.zone, grid_minutes=offer.grid_minutes, frame=frame)
    permitted = grid & window_mask(window=Interval(start, end), frame=frame)
    mask = offered_slots(needs=needs, time=offer.time, permitted=permitted)
    return start_json(mask=mask, frame=frame, zone_name=zone)
