"""Which card a guest's booking belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.people.actions.consent_by_booking import consent_by_booking
from clientela.people.actions.keep_contacts import Contact, read_contacts
from clientela.people.actions.register_client import checked_name, insert_card
from clientela.people.models import Client, Purpose
from clientela.platform.actor import Actor
from clientela.platform.database import as_uuid, is_postgresql, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.name_match import same_name

# Every booking of a guest asks this, so it goes past the ORM; the oldest card is first.
_CARDS_OF_ADDRESS: Final = """
SELECT card.id, card.record_name, card.account_id IS NOT NULL, card.bound_to_id IS NOT NULL,
       EXISTS (SELECT 1 FROM people_consent AS said
                WHERE said.client_id = card.id AND said.purpose = %s)
  FROM people_identifier AS contact
  JOIN people_client AS card ON card.id = contact.client_id
 WHERE (%s OR contact.business_id = %s)
   AND contact.business_id = %s AND contact.kind = %s AND contact.value = %s
   AND card.merged_into_id IS NULL AND card.erased_at IS NULL
 ORDER BY card.created_at, card.id
"""
# Until the booking is written nobody may take the card up; who waits for that reads what it is afterwards.
_HELD: Final = " FOR KEY SHARE OF card"


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
    Of several such cards the oldest is taken, but never one that has a log-in or is bound to a
    professional: nobody proved anything here. The new card made beside one with a log-in is
    provisional, until that person says that it is theirs. Staff, who see whom they mean, get the
    oldest whatever it is.

    A guest who books is told that messages about it will come: the card keeps that as their word, once.
    """
    record_name = checked_name(name)
    contacts = read_contacts(business=business, emails=[email], phones=[phone])
    # Inside a booking its transaction is enough: a card that fails to be written ends the booking too.
    with transaction.atomic(savepoint=False):
        found = _cards_of(business=business, name=record_name, contacts=contacts)
        free = next((one for one in found if by.is_staff or one.is_free), None)
        if free is not None:
            card = Client.objects.get(pk=free.id)
        else:
            card = insert_card(
                business=business,
                contacts=contacts,
                by=by,
                now=now,
                record_name=record_name,
                language=line(language, limit=8),
                is_provisional=any(one.has_account for one in found),
            )
        has_spoken = free is not None and free.has_spoken
        consent_by_booking(card=card, has_spoken=has_spoken, by=by, now=now)
        return card


@dataclass(frozen=True, slots=True)
class _Found:
    """A card at the address, under the name."""

    id: UUID
    has_account: bool
    is_bound: bool
    has_spoken: bool

    @property
    def is_free(self) -> bool:
        """Whether a guest's booking may land on it."""
        return not self.has_account and not self.is_bound


def _cards_of(*, business: Business, name: str, contacts: list[Contact]) -> list[_Found]:
    if not contacts:
        return []
    address = contacts[0]  # e-mails are read first
    rows = read_rows(
        _CARDS_OF_ADDRESS + (_HELD if is_postgresql(connection) else ""),
        [
            Purpose.APPOINTMENTS.value,
            *tenant_filter(),
            business.pk,
            address.kind.value,
            address.value,
        ],
    )
    return [
        _Found(as_uuid(card), bool(has_account), bool(is_bound), bool(has_spoken))
        for card, record_name, has_account, is_bound, has_spoken in rows
        if same_name(record_name, name)
    ]
