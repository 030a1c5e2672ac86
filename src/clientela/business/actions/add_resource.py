"""Add a room or a piece of equipment."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.business.errors import NameMissing
from clientela.business.models import Business, Location, Resource, ResourceKind
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.audit import note

HUES: Final = (200, 150, 30, 280, 340, 100, 240, 60, 310, 180, 10, 120)
"""Colours given in turn; the owner may choose others."""


def add_resource(
    *,
    business: Business,
    kind: ResourceKind,
    name: str,
    location: Location | None,
    by: Actor,
    now: datetime,
) -> Resource:
    """Add something that can be occupied, after the others. Professionals have their own action.

    ``location`` is where it stands; without one it serves every location. Refuses ``NameMissing``.
    """
    with transaction.atomic():
        resource = insert_resource(business=business, kind=kind, name=name, location=location)
        note(action="resource-added", subject=resource, by=by, now=now, business_id=business.pk)
    return resource


def insert_resource(
    *,
    business: Business,
    kind: ResourceKind,
    name: str,
    location: Location | None,
    hue: int | None = None,
) -> Resource:
    """Write a resource in the caller's transaction, in the next place and colour."""
    kept = line(name, limit=120)
    if not kept:
        raise NameMissing(field="name")
    position = Resource.objects.filter(business=business).count()
    return Resource.objects.create(
        business=business,
        kind=kind,
        name=kept,
        location=location,
        position=position,
        hue=HUES[position % len(HUES)] if hue is None else hue,
    )
