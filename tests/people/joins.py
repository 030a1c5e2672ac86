"""Joining two accounts, step by step, for the tests of cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.factories import NOW

from clientela.accounts.actions.ask_join import ask_join
from clientela.accounts.actions.confirm_join import confirm_join
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import Account, AccountJoin
from clientela.business.models import Business
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.actions.join_accounts import join_accounts
from clientela.people.actions.undo_join import undo_join
from clientela.people.models import Client
from clientela.platform import links
from clientela.platform.actor import Actor

SESSION = links.digest("a session")


def card_of(account: Account, business: Business) -> Client:
    """Make the account's card here."""
    return card_for_account(
        business=business, account=account, by=Actor.client(account.pk), now=NOW
    )


def asked(account: Account, email: str, *, now: datetime = NOW) -> AccountJoin:
    """Say that the other address is one's own."""
    return ask_join(
        account=account, email=email, session_digest=SESSION, by=Actor.client(account.pk), now=now
    )


def confirmed(join: AccountJoin, *purposes: str, now: datetime = NOW) -> AccountJoin:
    """Type the codes of these mailboxes."""
    nonces = {OWN: join.own_nonce, OTHER: join.other_nonce}
    for purpose in purposes:
        confirm_join(
            account=join.account,
            join=join,
            session_digest=SESSION,
            code=join_code(purpose=purpose, nonce=nonces[purpose]),
            by=Actor.client(join.account_id),
            now=now,
        )
    return join


def joined(join: AccountJoin, **changed: Any) -> AccountJoin:
    """Carry out what both confirmed."""
    by = Actor.client(join.account_id)
    return join_accounts(**{"join": join, "by": by, "now": NOW, **changed})


def made_one(account: Account, email: str, *, now: datetime = NOW) -> AccountJoin:
    """Let the account absorb that of ``email``, all the way."""
    return joined(confirmed(asked(account, email, now=now), OWN, OTHER, now=now), now=now)


def refuse_token(join: AccountJoin) -> str:
    """The link by which the other mailbox ends the wish."""
    return links.rederive(purpose="join-refuse", nonce=join.refuse_nonce, digest=join.refuse_digest)


def undo_token(join: AccountJoin) -> str:
    """The link by which either mailbox parts them."""
    return links.rederive(purpose="join-undo", nonce=join.undo_nonce, digest=join.undo_digest)


def undone(join: AccountJoin, *, now: datetime = NOW) -> AccountJoin:
    """Part them by that link."""
    return undo_join(token=undo_token(join), now=now)
