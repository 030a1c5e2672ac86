"""The client cards and their contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.checking import Checked
from clientela.people.card_text import card_text
from clientela.people.models import Client, Consent, Identifier
from clientela.platform.ids import uuid7
from clientela.rules.name_match import normalise_name

BATCH = 500
_AS_SAID = {
    "language", "zone", "birthday", "note", "notify_by", "wants_follow_up", "quiet_from_minute",
    "quiet_until_minute", "login_email", "is_provisional", "merged_at", "erased_at",
}  # fmt: skip


def insert_cards(checked: Checked, *, ids: RowIds, now: datetime) -> None:
    """Insert every card; no card is joined to an account, since nobody proved anything here."""
    Client.objects.bulk_create(_cards(checked, ids, now), batch_size=BATCH)
    Identifier.objects.bulk_create(_contacts(checked, ids, now), batch_size=BATCH)
    Consent.objects.bulk_create(_consents(checked, ids), batch_size=BATCH)


def _cards(checked: Checked, ids: RowIds, now: datetime) -> Iterator[Client]:
    for number, entry in enumerate(checked.document.clients):
        name = normalise_name(entry.name)
        values = [checked.reached[number, step][1] for step in range(len(entry.contacts))]
        yield Client(
            id=ids.clients[entry.key],
            business_id=ids.business,
            record_name=name,
            search_text=card_text(name=name, values=values),
            bound_to_id=entry.bound_to and ids.occupiable[entry.bound_to],
            merged_into_id=entry.merged_into and ids.clients[entry.merged_into],
            created_at=entry.created_at or now,
            **entry.model_dump(include=_AS_SAID),
        )


def _contacts(checked: Checked, ids: RowIds, now: datetime) -> Iterator[Identifier]:
    """Contacts in the order of each card: that is the order in which they are tried."""
    for number, entry in enumerate(checked.document.clients):
        for step, contact in enumerate(entry.contacts):
            kind, value = checked.reached[number, step]
            yield Identifier(
                id=contact.id or uuid7(),
                business_id=ids.business,
                client_id=ids.clients[entry.key],
                kind=kind,
                value=value,
                written=contact.written or contact.email or contact.phone or value,
                for_notifications=contact.for_notifications,
                verified_at=contact.verified_at,
                created_at=contact.created_at or entry.created_at or now,
            )


def _consents(checked: Checked, ids: RowIds) -> Iterator[Consent]:
    for entry in checked.document.clients:
        for said in entry.consents:
            yield Consent(
                id=said.id or uuid7(),
                business_id=ids.business,
                client_id=ids.clients[entry.key],
                purpose=said.purpose,
                notify_by=said.notify_by,
                how=said.how,
                text_version=said.text_version,
                at=said.said_at,
            )
