"""Couples and families, as entries."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from clientela.integrations.business_file.families import FamilyMemberEntry, HouseholdEntry
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.people.models import Household, HouseholdMember, HouseholdRole


def household_entries(keys: RowKeys) -> list[HouseholdEntry]:
    """Return who belongs together and who did, without what they allow each other; two queries."""
    members: dict[UUID, list[FamilyMemberEntry]] = defaultdict(list)
    for row in HouseholdMember.objects.order_by("since", "id"):
        members[row.household_id].append(
            FamilyMemberEntry(
                id=row.pk,
                client=keys.clients[row.client_id],
                role="child" if row.role == HouseholdRole.CHILD else "adult",
                guardian=keys.clients[row.guardian_id] if row.guardian_id else None,
                since=row.since,
                until=row.until,
            )
        )
    return [
        HouseholdEntry(created_at=row.created_at, members=members[row.pk])
        for row in Household.objects.order_by("created_at", "id")
    ]
