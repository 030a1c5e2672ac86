"""Add a contact to a card."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.keep_contacts import keep_contacts, read_contacts
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.errors import EmailInvalid
from clientela.people.models import Client, Identifier
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note


def add_identifier(
    *, client: Client, email: str = "", phone: str = "", by: Actor, now: datetime
) -> Identifier:
    """Add an e-mail or a phone, unverified; one that the card has already is returned as it stands.

    Exactly one of the two is given. It is never taken from another card: people share addresses.
    """
    contacts = read_contacts(business=client.business, emails=[email], phones=[phone])
    if len(contacts) != 1:
        raise EmailInvalid("one-contact-expected", field="email")
    contact = contacts[0]
    with transaction.atomic():
        standing = Identifier.objects.filter(
            client=client, kind=contact.kind, value=contact.value
        ).first()
        if standing is not None:
            return standing
        keep_contacts(client=client, contacts=contacts, now=now)
        refresh_card_text(client=client)
        added = Identifier.objects.get(client=client, kind=contact.kind, value=contact.value)
        audit_note(
            action="contact-added",
            subject=client,
            by=by,
            now=now,
            business_id=client.business_id,
            details={"kind": str(contact.kind), "identifier": str(added.pk)},
        )
    return added
