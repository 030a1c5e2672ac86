"""The cheap half of "may this be booked": switches, window and grid, before anything is locked."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.booking.actions.overrides import Overrides
from clientela.booking.errors import LocationMissing
from clientela.booking.queries.client_door import client_door
from clientela.booking.queries.supply import location_for
from clientela.business.models import Business, Location
from clientela.catalogue.models import Service
from clientela.platform.actor import Actor, ActorKind
from clientela.rules.booking_window import BookingWindow, decide_window
from clientela.rules.clock_time import minute_of_day
from clientela.rules.frame import CELL, EPOCH

_INSIDERS: Final = frozenset({ActorKind.STAFF, ActorKind.SYSTEM})


def is_insider(by: Actor) -> bool:
    """Whether the booking window and the grid do not bind this actor: the staff, and our own jobs."""
    return by.kind in _INSIDERS


def is_open_for(
    *,
    business: Business,
    service: Service,
    location: Location,
    starts_at: datetime,
    by: Actor,
    overrides: Overrides,
    now: datetime,
    is_online: bool | None = None,
) -> bool:
    """Say whether switches, window and grid let this actor ask for the start at all; one query at most.

    ``is_online`` is whether clients may book here by themselves, where the caller has read it already.
    """
    if not service.is_active or (starts_at - EPOCH) % CELL:
        return False
    if is_insider(by):
        return True
    if is_online is None:
        is_online = client_door(business).is_online
    if not (service.is_online and is_online):
        return False
    if not overrides.off_grid:
        minute = minute_of_day(starts_at, location.zone)
        if minute % service.grid_minutes and not service.is_group:
            return False
    if overrides.window:
        return True
    window = BookingWindow(service.lead_minutes, service.horizon_days)
    return decide_window(window=window, start=starts_at, now=now, zone_name=location.zone).allowed


def require_location(*, business: Business, location: Location | None) -> Location:
    """Return the location that is meant, without a name the first one; refuses ``LocationMissing``."""
    place = location_for(business=business, location=location)
    if place is None:
        raise LocationMissing(field="location")
    return place
