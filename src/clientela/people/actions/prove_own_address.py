"""A person proves another address: their log-in's, and what every business knows of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.accounts.actions.choose_primary import choose_primary
from clientela.accounts.actions.prove_address_change import prove_address_change
from clientela.accounts.models import Account, AddressChange
from clientela.people.actions.keep_contacts import Contact, keep_contacts
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.own_cards import own_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import system_scope


def prove_own_address(*, token: str, now: datetime) -> AddressChange:
    """Carry out the change of a mailed link (``accounts``), and tell every card of the person in one transaction.

    A new log-in address is on each card, proved, and messages go there; the others stay as further addresses. One
    that was only added is on each card as a proved further address. Names are never touched. Refuses as
    ``prove_address_change`` does, and then no card changes.
    """
    with transaction.atomic(), system_scope("a person's own address is on their card everywhere"):
        change = prove_address_change(token=token, now=now)
        by = Actor.client(change.account_id)
        for card in own_cards(account_id=change.account_id):
            put_on_card(
                card=card, email=change.new_email, hears=change.makes_primary, by=by, now=now
            )
    return change


def choose_own_primary(*, account: Account, email: str, by: Actor, now: datetime) -> Account:
    """Make a proved address the log-in (``accounts``), and let every business's messages go there."""
    with (
        transaction.atomic(),
        system_scope("a person's log-in address is on their card everywhere"),
    ):
        former = account.email
        choose_primary(account=account, email=email, by=by, now=now)
        if account.email != former:
            for card in own_cards(account_id=account.pk):
                put_on_card(card=card, email=account.email, hears=True, by=by, now=now)
    return account


def put_on_card(*, card: Client, email: str, hears: bool, by: Actor, now: datetime) -> None:
    """Have a proved address on a card, first for messages if it ``hears``; the caller's transaction and scope."""
    held = Identifier.objects.filter(client=card, kind=IdentifierKind.EMAIL)
    if not held.filter(value=email).exists():
        keep_contacts(client=card, contacts=[Contact(IdentifierKind.EMAIL, email, email)], now=now)
        held.filter(value=email).update(for_notifications=False)
    held.filter(value=email).update(verified_at=now)
    if hears or not held.filter(for_notifications=True).exists():
        held.exclude(value=email).update(for_notifications=False)
        held.filter(value=email).update(for_notifications=True)
    refresh_card_text(client=card)
    note_on_card(
        card=card,
        action="client-proved-email",
        identifier=held.get(value=email).pk,
        by=by,
        now=now,
    )


def note_on_card(
    *, card: Client, action: str, identifier: UUID | None, by: Actor, now: datetime
) -> None:
    """Leave a line in the business's own trail, without the address."""
    audit_note(
        action=action,
        subject=card,
        by=by,
        now=now,
        business_id=card.business_id,
        details={"identifier": str(identifier)} if identifier else None,
    )
