"""Make a new client card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.business.plain_text import line, note as note_text
from clientela.people.actions.keep_contacts import Contact, keep_contacts, read_contacts
from clientela.people.actions.refresh_keys import keep_new_keys
from clientela.people.card_text import card_text
from clientela.people.errors import NameMissing, ZoneUnknown
from clientela.people.match_hash import KEYED
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.rules.clock_time import is_known_zone
from clientela.rules.name_match import normalise_name


def register_client(  # noqa: PLR0913 -- what a card says
    *,
    business: Business,
    name: str,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    language: str = "",
    zone: str = "",
    note: str = "",
    birthday: date | None = None,
    by: Actor,
    now: datetime,
) -> Client:
    """Make a card with its contacts. Never looks for one that exists: that is the caller's decision.

    Refuses ``NameMissing``, ``EmailInvalid``, ``PhoneInvalid`` and ``ZoneUnknown``, and then writes nothing.
    """
    record_name = checked_name(name)
    if zone and not is_known_zone(zone):
        raise ZoneUnknown(field="zone")
    contacts = read_contacts(business=business, emails=emails, phones=phones)
    with transaction.atomic():
        return insert_card(
            business=business,
            contacts=contacts,
            now=now,
            by=by,
            record_name=record_name,
            language=line(language, limit=8),
            zone=zone,
            note=note_text(note, limit=10_000),
            birthday=birthday,
        )


def checked_name(name: str) -> str:
    """Return the name as it is kept, or refuse ``NameMissing``."""
    kept = normalise_name(line(name, limit=200))
    if not kept:
        raise NameMissing(field="name")
    return kept


def insert_card(
    *,
    business: Business,
    contacts: list[Contact],
    by: Actor,
    now: datetime,
    record_name: str,
    **fields: object,
) -> Client:
    """Write a card whose values were checked; the caller's transaction."""
    card = Client.objects.create(
        business=business,
        record_name=record_name,
        compared_version=KEYED,
        search_text=card_text(name=record_name, values=(one.value for one in contacts)),
        created_at=now,
        **fields,
    )
    keep_contacts(client=card, contacts=contacts, now=now)
    keep_new_keys(client=card, contacts=[(one.kind, one.value) for one in contacts])
    audit_note(
        action="client-registered", subject=card, by=by, now=now, business_id=card.business_id
    )
    return card
