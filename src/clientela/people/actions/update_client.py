"""Change what a card says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from clientela.business.plain_text import line, note as note_text
from clientela.people.actions.refresh_keys import refresh_keys
from clientela.people.actions.register_client import checked_name
from clientela.people.card_text import card_text
from clientela.people.errors import ZoneUnknown
from clientela.people.models import Client, Identifier
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.rules.clock_time import is_known_zone

_TELLING: Final = frozenset({"record_name", "birthday", "language"})
"""What says who somebody is: cards are compared by it."""


def update_client(  # noqa: PLR0913 -- what a card says
    *,
    client: Client,
    name: str | None = None,
    language: str | None = None,
    zone: str | None = None,
    note: str | None = None,
    birthday: date | None = None,
    forget_birthday: bool = False,
    by: Actor,
    now: datetime,
) -> Client:
    """Change the given fields of a card; what is ``None`` stays. Audited by field name, not by value.

    Only what differs is written and noted. ``forget_birthday`` takes the birthday off the card.
    """
    given = _given(name=name, language=language, zone=zone, note=note)
    if birthday is not None or forget_birthday:
        given["birthday"] = birthday
    changes = {field: value for field, value in given.items() if getattr(client, field) != value}
    if not changes:
        return client
    with transaction.atomic():
        for field, value in changes.items():
            setattr(client, field, value)
        client.save(update_fields=list(changes))
        if "record_name" in changes:
            refresh_card_text(client=client)
        elif not _TELLING.isdisjoint(changes):
            refresh_keys(clients=[client])
        audit_note(
            action="client-updated",
            subject=client,
            by=by,
            now=now,
            business_id=client.business_id,
            details={"fields": sorted(changes)},
        )
    return client


def _given(
    *, name: str | None, language: str | None, zone: str | None, note: str | None
) -> dict[str, Any]:
    """Return the fields that were given, as they are kept."""
    given: dict[str, Any] = {}
    if name is not None:
        given["record_name"] = checked_name(name)
    if language is not None:
        given["language"] = line(language, limit=8)
    if zone is not None:
        if zone and not is_known_zone(zone):
            raise ZoneUnknown(field="zone")
        given["zone"] = zone
    if note is not None:
        given["note"] = note_text(note, limit=10_000)
    return given


def refresh_card_text(*, client: Client) -> None:
    """Write what the card is found by again, after its name or contacts changed; the caller's transaction.

    That is the text of the search, and the keys by which duplicates are looked for.
    """
    values = Identifier.objects.filter(client=client).order_by("created_at", "id")
    client.search_text = card_text(
        name=client.record_name, values=values.values_list("value", flat=True)
    )
    client.save(update_fields=["search_text"])
    refresh_keys(clients=[client])
