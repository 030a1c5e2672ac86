"""Add a place where appointments happen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.errors import NameMissing, ZoneUnknown
from clientela.business.models import Business, Location
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.rules.clock_time import is_known_zone


def add_location(
    *, business: Business, name: str, zone: str, by: Actor, now: datetime, **address: str
) -> Location:
    """Add a location after the others; ``address`` may hold street, postcode, city, country and phone.

    Refuses ``NameMissing`` and ``ZoneUnknown``.
    """
    with transaction.atomic():
        location = insert_location(business=business, name=name, zone=zone, **address)
        note(action="location-added", subject=location, by=by, now=now, business_id=business.pk)
    return location


def insert_location(*, business: Business, name: str, zone: str, **address: str) -> Location:
    """Write a location in the caller's transaction."""
    kept = line(name, limit=120)
    if not kept:
        raise NameMissing(field="name")
    if not is_known_zone(zone):
        raise ZoneUnknown(field="zone")
    return Location.objects.create(
        business=business,
        name=kept,
        zone=zone,
        position=Location.objects.filter(business=business).count(),
        **{field: line(value, limit=200) for field, value in address.items()},
    )
