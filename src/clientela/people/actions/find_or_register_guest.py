"""Which card a guest's booking belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.people.actions.keep_contacts import Contact, read_contacts
from clientela.people.actions.register_client import checked_name, insert_card
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.name_match import same_name

# Every booking of a guest asks this, so it goes past the ORM; the oldest card is first.
_CARDS_OF_ADDRESS: Final = """
SELECT card.id, card.record_name
  FROM people_identifier AS contact
  JOIN people_client AS card ON card.id = contact.client_id
 WHERE (%s OR contact.business_id = %s)
   AND contact.business_id = %s AND contact.kind = %s AND contact.value = %s
 ORDER BY card.created_at, card.id
"""


def find_or_register_guest(
    *,
    business: Business,
    name: str,
    email: str,
    phone: str,
    language: str,
    by: Actor,
    now: datetime,
) -> Client:
    """Return the card with the same address and the same name, unchanged, else a new card.

    The address that counts is the e-mail; the phone only when no e-mail was given. Spouses share
    an address and are two cards; a stranger who types somebody's address changes nothing of theirs.
    Of several such cards the oldest is taken.
    """
    record_name = checked_name(name)
    contacts = read_contacts(business=business, emails=[email], phones=[phone])
    # Inside a booking its transaction is enough: a card that fails to be written ends the booking too.
    with transaction.atomic(savepoint=False):
        standing = _same_person(business=business, name=record_name, contacts=contacts)
        return standing or insert_card(
            business=business,
            contacts=contacts,
            by=by,
            now=now,
            record_name=record_name,
            language=line(language, limit=8),
        )


def _same_person(*, business: Business, name: str, contacts: list[Contact]) -> Client | None:
    if not contacts:
        return None
    address = contacts[0]  # e-mails are read first
    cards = read_rows(
        _CARDS_OF_ADDRESS,
        [*tenant_filter(), business.pk, address.kind.value, address.value],
    )
    same = (as_uuid(card) for card, record_name in cards if same_name(record_name, name))
    found = next(same, None)
    return Client.objects.get(pk=found) if found else None
