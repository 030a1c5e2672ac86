"""Locations, professionals, resources and staff, as entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientela.business.models import (
    Invitation,
    Location,
    Membership,
    Professional,
    Resource,
    ResourceKind,
)
from clientela.integrations.business_file.premises import (
    LocationEntry,
    ProfessionalEntry,
    ResourceEntry,
    StaffEntry,
)
from clientela.integrations.queries.file_parts.keys import RowKeys


def location_entries(keys: RowKeys) -> list[LocationEntry]:
    """Return the locations in the owner's order."""
    rows = Location.objects.order_by("position", "id").values(
        *(LocationEntry.model_fields.keys() - {"key"})
    )
    return [LocationEntry(key=keys.locations[row["id"]], **row) for row in rows]


def professional_entries(keys: RowKeys) -> list[ProfessionalEntry]:
    """Return the professionals in the owner's order."""
    own = {
        row["resource_id"]: row
        for row in Professional.objects.values(
            "resource_id", "title", "about", "email", "is_online"
        )
    }
    return [
        ProfessionalEntry(
            key=keys.occupiable[row["id"]],
            **row,
            **_without(own[row["id"]], "resource_id"),
        )
        for row in Resource.objects.filter(kind=ResourceKind.PROFESSIONAL)
        .order_by("position", "id")
        .values("id", "name", "hue", "is_active")
    ]


def resource_entries(keys: RowKeys) -> list[ResourceEntry]:
    """Return rooms and equipment in the owner's order."""
    rows = (
        Resource.objects.exclude(kind=ResourceKind.PROFESSIONAL)
        .order_by("position", "id")
        .values("id", "kind", "name", "location_id", "hue", "is_active")
    )
    return [
        ResourceEntry(
            key=keys.occupiable[row["id"]],
            location=keys.locations.get(row["location_id"]),
            **_without(row, "location_id"),
        )
        for row in rows
    ]


def staff_entries(keys: RowKeys) -> list[StaffEntry]:
    """Return living memberships and open invitations alike, by address: who is meant to work here."""
    members = Membership.objects.filter(ended_at__isnull=True).values_list(
        "account__email", "account__name", "role", "professional_id"
    )
    invited = (
        Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
        .order_by("created_at", "id")
        .values_list("email", "name", "role", "professional_id")
    )
    # A later invitation replaces an earlier one; a membership beats both.
    found = {row[0]: row for row in (*invited, *members)}
    return [
        StaffEntry.model_validate(
            {
                "email": email,
                "name": name,
                "role": role,
                "professional": keys.occupiable.get(professional_id),
            }
        )
        for email, name, role, professional_id in sorted(found.values(), key=lambda row: row[0])
    ]


def _without(row: Mapping[str, Any], word: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != word}
