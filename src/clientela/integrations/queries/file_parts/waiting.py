"""The waiting list, as entries."""

from __future__ import annotations

from typing import Final

from clientela.booking.models import WaitingEntry
from clientela.integrations.business_file.waiting import WaitEntry
from clientela.integrations.queries.file_parts.keys import RowKeys

AS_KEPT: Final = (
    "id", "first_day", "last_day", "from_minute", "until_minute", "language", "zone", "address_used", "joined_by",
    "state", "told_at", "ended_at", "created_at",
)  # fmt: skip


def wait_entries(keys: RowKeys) -> list[WaitEntry]:
    """Return who waits, and who waited, for what, the oldest first; one query. What they were told stays here."""
    more = ("client_id", "service_id", "location_id", "professional_id")
    rows = WaitingEntry.objects.order_by("created_at", "id").values(*AS_KEPT, *more)
    return [
        WaitEntry(
            client=keys.clients[row["client_id"]],
            service=keys.services[row["service_id"]],
            location=keys.location(row["location_id"]),
            professional=keys.occupiable.get(row["professional_id"]),
            **{word: row[word] for word in AS_KEPT},
        )
        for row in rows
    ]
