"""The rows of couples and families."""

from __future__ import annotations

from datetime import datetime

from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.people.models import Household, HouseholdMember
from clientela.platform.ids import uuid7


def insert_households(document: BusinessFile, *, ids: RowIds, now: datetime) -> None:
    """Insert who belonged together until now; nobody lives with anybody here because a file says so."""
    homes, members = [], []
    for entry in document.households:
        home = Household(business_id=ids.business, created_at=entry.created_at)
        homes.append(home)
        members += [
            HouseholdMember(
                id=one.id or uuid7(),
                business_id=ids.business,
                household=home,
                client_id=ids.clients[one.client],
                role=one.role,
                guardian_id=one.guardian and ids.clients[one.guardian],
                since=one.since,
                until=one.until or max(now, one.since),
            )
            for one in entry.members
        ]
    Household.objects.bulk_create(homes)
    HouseholdMember.objects.bulk_create(members)
