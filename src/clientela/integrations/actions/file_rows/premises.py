"""The business, its policy, locations, professionals and resources."""

from __future__ import annotations

from datetime import datetime

from clientela.business.models import (
    BookingPolicy,
    Business,
    Location,
    Professional,
    Resource,
    ResourceKind,
    SalesPolicy,
)
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.premises import SellingEntry


def insert_business(document: BusinessFile, *, ids: RowIds, now: datetime) -> Business:
    """Insert the tenant; its slug was found free."""
    entry = document.business
    values = entry.model_dump(exclude={"id", "policy", "selling", "created_at"})
    return Business.objects.create(id=ids.business, created_at=entry.created_at or now, **values)


def insert_premises(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert what stands in the business; the order of the file becomes the order on the pages."""
    BookingPolicy.objects.create(business_id=ids.business, **document.business.policy.model_dump())
    _insert_selling(document, ids=ids)
    Location.objects.bulk_create(
        Location(
            id=ids.locations[entry.key],
            business_id=ids.business,
            position=position,
            **entry.model_dump(exclude={"key", "id"}),
        )
        for position, entry in enumerate(document.locations)
    )
    Resource.objects.bulk_create([*_professionals(document, ids), *_things(document, ids)])
    Professional.objects.bulk_create(
        Professional(
            resource_id=ids.occupiable[entry.key],
            business_id=ids.business,
            **entry.model_dump(include={"title", "about", "email", "is_online"}),
        )
        for entry in document.professionals
    )


def _insert_selling(document: BusinessFile, *, ids: RowIds) -> None:
    """A business that never said how it sells has no row: the defaults hold."""
    if document.business.selling != SellingEntry():
        SalesPolicy.objects.create(
            business_id=ids.business, **document.business.selling.model_dump()
        )


def _professionals(document: BusinessFile, ids: RowIds) -> list[Resource]:
    return [
        Resource(
            id=ids.occupiable[entry.key],
            business_id=ids.business,
            kind=ResourceKind.PROFESSIONAL,
            position=position,
            **entry.model_dump(include={"name", "hue", "is_active"}),
        )
        for position, entry in enumerate(document.professionals)
    ]


def _things(document: BusinessFile, ids: RowIds) -> list[Resource]:
    return [
        Resource(
            id=ids.occupiable[entry.key],
            business_id=ids.business,
            location_id=None if entry.location is None else ids.locations[entry.location],
            position=position,
            **entry.model_dump(include={"kind", "name", "hue", "is_active"}),
        )
        for position, entry in enumerate(document.resources)
    ]
