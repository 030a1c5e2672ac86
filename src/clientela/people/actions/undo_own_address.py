"""A person takes an address back, from the mailbox that was the log-in before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.actions.undo_address_change import undo_address_change
from clientela.accounts.models import AddressChange
from clientela.people.actions.prove_own_address import note_on_card
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.own_cards import own_cards
from clientela.platform.actor import Actor
from clientela.platform.tenancy import system_scope


def undo_own_address(*, token: str, now: datetime) -> AddressChange:
    """Undo the change of a mailed link (``accounts``), and on every card of the person in one transaction.

    What the change put on a card leaves it, with what later changes put there; an address that stood there before
    stays, unproved. Messages go to the restored address where the card has it, else to its oldest.
    Refuses as ``undo_address_change`` does, and then no card changes.
    """
    with transaction.atomic(), system_scope("a person's own address is on their card everywhere"):
        change = undo_address_change(token=token, now=now)
        taken_back = AddressChange.objects.filter(account=change.account_id, undone_at=now)
        added = list(taken_back.exclude(new_email=change.old_email))
        for card in own_cards(account_id=change.account_id):
            _clean(card, change=change, added=added)
            note_on_card(
                card=card,
                action="client-undid-email",
                identifier=None,
                by=Actor.client(change.account_id),
                now=now,
            )
    return change


def _clean(card: Client, *, change: AddressChange, added: list[AddressChange]) -> None:
    held = Identifier.objects.filter(client=card, kind=IdentifierKind.EMAIL)
    was_heard = held.filter(
        value__in=[one.new_email for one in added], for_notifications=True
    ).exists()
    for one in added:
        same = held.filter(value=one.new_email)
        same.filter(created_at__gte=one.proved_at).delete()
        same.update(verified_at=None, for_notifications=False)
    if was_heard:
        former = held.filter(value=change.old_email).first()
        first = former or held.order_by("created_at", "id").first()
        if first is not None:
            held.filter(pk=first.pk).update(for_notifications=True)
    refresh_card_text(client=card)
