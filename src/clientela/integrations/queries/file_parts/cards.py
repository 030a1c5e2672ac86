"""Client cards, as entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from clientela.integrations.business_file.people import ClientEntry, ConsentEntry, ContactEntry
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.people.models import Client, Consent, Identifier

_AS_KEPT: Final = (
    "id", "language", "zone", "birthday", "note", "notify_by", "wants_follow_up", "quiet_from_minute",
    "quiet_until_minute", "login_email", "is_provisional", "merged_at", "erased_at", "created_at",
)  # fmt: skip
_LINKS: Final = ("record_name", "bound_to_id", "merged_into_id")


def client_entries(keys: RowKeys) -> list[ClientEntry]:
    """Return the cards, oldest first, each with its contacts in the order they are tried."""
    consents = _consents()
    contacts: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for row in Identifier.objects.order_by("created_at", "id").values(
        "id",
        "client_id",
        "kind",
        "value",
        "written",
        "for_notifications",
        "verified_at",
        "created_at",
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
            consents=consents.get(card["id"], []),
            bound_to=keys.occupiable.get(card["bound_to_id"]),
            merged_into=keys.clients.get(card["merged_into_id"]),
            **{word: card[word] for word in _AS_KEPT},
        )
        for card in _cards()
    ]


def _cards() -> list[dict[str, Any]]:
    return list(Client.objects.order_by("created_at", "id").values(*_LINKS, *_AS_KEPT))


def _consents() -> dict[UUID, list[ConsentEntry]]:
    """What each person said, oldest first; whose log-in it was belongs to the person."""
    said: dict[UUID, list[ConsentEntry]] = defaultdict(list)
    for row in Consent.objects.order_by("at", "id"):
        said[row.client_id].append(
            ConsentEntry.model_validate(
                {
                    "id": row.pk,
                    "purpose": row.purpose,
                    "notify_by": row.notify_by,
                    "how": row.how,
                    "text_version": row.text_version,
                    "said_at": row.at,
                }
            )
        )
    return said


def _contact(row: Mapping[str, Any], *, card_made_at: object) -> ContactEntry:
    """What the card or the value already says is left out."""
    return ContactEntry(
        id=row["id"],
        **{row["kind"]: row["value"]},
        written=None if row["written"] == row["value"] else row["written"],
        for_notifications=row["for_notifications"],
        verified_at=row["verified_at"],
        created_at=None if row["created_at"] == card_made_at else row["created_at"],
    )
