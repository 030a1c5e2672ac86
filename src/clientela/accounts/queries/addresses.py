"""The log-in addresses of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

if TYPE_CHECKING:
    from clientela.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Address:
    """One address: whether its mailbox was proved, and whether it is the log-in."""

    email: str
    is_verified: bool
    is_primary: bool


def addresses_of(*, account: Account) -> list[Address]:
    """Return every address of the account: the log-in first, then the others in order of their letters."""
    rows = EmailAddress.objects.filter(user=account).order_by("-primary", "email")
    return [Address(row.email, row.verified, row.primary) for row in rows]


def verified_emails(*, account: Account) -> list[str]:
    """Return the proved addresses, the log-in first."""
    return [one.email for one in addresses_of(account=account) if one.is_verified]
