"""Accounts in the states the tests need, as the doors would make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from tests import factories

from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.accounts.models import Account, AddressChange
from clientela.platform import links

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = factories.NOW
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def signed_up(
    email: str = "ana@example.com", *, password: str = "four calm green otters", now: datetime = NOW
) -> Account:
    """Somebody typed an address and a password; nobody has proved the mailbox."""
    account = Account(email=email, name="Ana Prueba", created_at=now)
    account.set_password(password)
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=False, primary=True)
    return start_proof_clock(account=account, now=now)


def proved(email: str = "ana@example.com", *, others: Iterable[str] = ()) -> Account:
    """Somebody whose log-in address, and others, are proved."""
    account = factories.make_account(email, "Ana Prueba")
    account.set_password("four calm green otters")
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    for other in others:
        EmailAddress.objects.create(user=account, email=other, verified=True, primary=False)
    return account


def proof_token(change: AddressChange) -> str:
    """The token in the mail to the new mailbox."""
    return links.rederive(
        purpose="address-proof", nonce=change.proof_nonce, digest=change.proof_digest
    )


def undo_token(change: AddressChange) -> str:
    """The token in the mail to the former mailbox."""
    return links.rederive(
        purpose="address-undo", nonce=change.undo_nonce, digest=change.undo_digest
    )
