"""A person leaves: the log-in ends, and if they wish so do their cards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.actions.erase_account import erase_account
from clientela.accounts.actions.hold_accounts import hold_accounts
from clientela.accounts.models import Account
from clientela.business.errors import OnlyOwner
from clientela.business.queries.sole_ownerships import owned_businesses, sole_ownerships
from clientela.people.actions.attach_card import cards_of
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.leave_household import forget_membership
from clientela.people.queries.own_cards import own_cards
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.platform.tenancy import system_scope


def leave(*, account: Account, also_cards: bool, by: Actor, now: datetime) -> None:
    """Erase the log-in, and with ``also_cards`` what every business holds of the person; all of it or nothing.

    Without ``also_cards`` the businesses keep their cards as those of a guest, and appointments stand; their
    households are left silently. Refuses
    ``OnlyOwner`` for whoever is the only owner of a living business, and ``AccountGone``.
    """
    with transaction.atomic(), system_scope("a person leaves every business at once"):
        # Two owners who leave at once must not both find that the other stays.
        lock(keys=[f"owners:{one}" for one in owned_businesses(account=account)])
        hold_accounts(ids=[account.pk])
        lock(keys=[cards_of(account.pk)])
        owned = sole_ownerships(account=account)
        if owned:
            raise OnlyOwner(businesses=[business.name for business in owned])
        for card in own_cards(account_id=account.pk):
            forget_membership(card=card, now=now)
            if also_cards:
                erase_card(card=card, because="at-own-wish", by=by, now=now)
        erase_account(account=account, by=by, now=now)
