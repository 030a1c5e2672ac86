"""The rows of the waiting list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.booking.models import WaitingEntry
from clientela.booking.waiting_links import new_wait_link
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.platform.ids import uuid7

_AS_SAID: Final = {
    "first_day", "last_day", "from_minute", "until_minute", "language", "zone", "address_used", "joined_by", "state",
    "told_at", "ended_at",
}  # fmt: skip


def insert_waits(document: BusinessFile, *, ids: RowIds, now: datetime) -> None:
    """Insert who waits. They get new links: the file holds no secrets."""
    rows = []
    for entry in document.waiting:
        nonce, digest = new_wait_link()
        rows.append(
            WaitingEntry(
                id=entry.id or uuid7(),
                business_id=ids.business,
                client_id=ids.clients[entry.client],
                service_id=ids.services[entry.service],
                location_id=ids.location(entry.location),
                professional_id=entry.professional and ids.occupiable[entry.professional],
                link_nonce=nonce,
                link_digest=digest,
                created_at=entry.created_at or now,
                **entry.model_dump(include=_AS_SAID),
            )
        )
    WaitingEntry.objects.bulk_create(rows)
