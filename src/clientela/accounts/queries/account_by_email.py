"""Find an account by a proved log-in address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from clientela.accounts.models import Account


def account_by_email(email: str) -> Account | None:
    """The account that has proved it owns this address, if any."""
    row = (
        EmailAddress.objects.filter(email=normalise_email(email), verified=True)
        .select_related("user")
        .first()
    )
    return row.user if row else None
