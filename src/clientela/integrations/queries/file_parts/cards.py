"""Client cards, as entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from clientela.integrations.business_file.people import ClientEntry, ContactEntry
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.people.models import Client, Identifier

_AS_KEPT: Final = ("id", "language", "zone", "birthday", "note", "created_at")


def client_entries(keys: RowKeys) -> list[ClientEntry]:
    """Return the cards, oldest first, each with its contacts in the order they are tried."""
    contacts: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for row in Identifier.objects.order_by("created_at", "id").values(
        "client_id", "kind", "value", "written", "for_notifications", "verified_at", "created_at"
    ):
        contacts[row["client_id"]].append(row)
    return [
        ClientEntry(
            key=keys.clients[card["id"]],
            name=card["record_name"],
            contacts=[
                _contact(contact, card_made_at=card["created_at"])
                for contact in contacts[card["id"]]
            ],
            **{word: card[word] for word in _AS_KEPT},
        )
        for card in _cards()
    ]


def _cards() -> list[dict[str, Any]]:
    return list(Client.objects.order_by("created_at", "id").values("record_name", *_AS_KEPT))


def _contact(row: Mapping[str, Any], *, card_made_at: object) -> ContactEntry:
    """What the card or the value already says is left out."""
    return ContactEntry(
        **{row["kind"]: row["value"]},
        written=None if row["written"] == row["value"] else row["written"],
        for_notifications=row["for_notifications"],
        verified_at=row["verified_at"],
        created_at=None if row["created_at"] == card_made_at else row["created_at"],
    )
