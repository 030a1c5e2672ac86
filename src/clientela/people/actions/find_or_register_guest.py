"""Which card a guest's booking belongs to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.people.actions.keep_contacts import Contact, read_contacts
from clientela.people.actions.register_client import checked_name, insert_card
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.rules.name_match import same_name


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
    with transaction.atomic():
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
    cards = Client.objects.filter(
        business=business,
        identifiers__kind=address.kind,
        identifiers__value=address.value,
    ).order_by("created_at", "id")
    return next((card for card in cards if same_name(card.record_name, name)), None)
