"""Put a card under a log-in; the actions of this room use it once the proof is there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

from clientela.accounts.models import Account
from clientela.people.errors import CannotTakeUp
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note

Because = Literal["same-name", "said-so", "welcome"]


def cards_lock(account: Account) -> str:
    """Return the key under which one person's cards are found, made and joined: two log-ins make one card."""
    return cards_of(account.pk)


def cards_of(account_id: UUID) -> str:
    """Return the same key of an account that is known by its id only."""
    return f"cards-of:{account_id}"


def attach_card(
    *,
    card: Client,
    account: Account,
    emails: Collection[str],
    because: Because,
    by: Actor,
    now: datetime,
) -> Client:
    """Make ``card`` the account's in its business, in the caller's transaction and under ``cards_lock``.

    ``emails`` are the addresses the account proved; those on the card count as verified from now on.
    Refuses ``CannotTakeUp`` when the card got another owner, or ceased to stand, meanwhile.
    """
    free = living_cards().filter(pk=card.pk, account__isnull=True)
    if not free.update(account=account, is_provisional=False, welcome_nonce="", welcome_digest=""):
        raise CannotTakeUp
    card.refresh_from_db()
    verify_contacts(card=card, emails=emails, now=now)
    audit_note(
        action="card-claimed",
        subject=card,
        by=by,
        now=now,
        business_id=card.business_id,
        reason=because,
        details={"account": str(account.pk)},
    )
    return card


def verify_contacts(*, card: Client, emails: Collection[str], now: datetime) -> None:
    """Mark those of the proved addresses that the card holds as verified; nothing is added."""
    Identifier.objects.filter(
        client=card, kind=IdentifierKind.EMAIL, value__in=emails, verified_at__isnull=True
    ).update(verified_at=now)
