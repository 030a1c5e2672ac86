"""People with log-ins, for the tests of cards."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from tests.factories import NOW, make_account

from clientela.accounts.models import Account


def person(
    email: str = "ana@example.com", name: str = "Ana Prueba", *aliases: str, **fields: Any
) -> Account:
    """Make an account that has proved its addresses; the first is the log-in."""
    account = make_account(email, name)
    for field, value in fields.items():
        setattr(account, field, value)
    account.save()
    for number, address in enumerate((email, *aliases)):
        EmailAddress.objects.create(user=account, email=address, verified=True, primary=number == 0)
    return account


def unproved(email: str = "ana@example.com", name: str = "Ana Prueba") -> Account:
    """Make an account whose mailbox nobody has proved."""
    account = make_account(email, name)
    account.expires_at = NOW
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=False, primary=True)
    return account
