"""Where an account's address is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

if TYPE_CHECKING:
    from clientela.accounts.models import Account


def proof_link(*, account: Account) -> str:
    """Return the path of the page that proves the log-in address; "" when it is proved or unknown."""
    row = EmailAddress.objects.filter(user=account, email=account.email, verified=False).first()
    if row is None:
        return ""
    return reverse("account_confirm_email", kwargs={"key": EmailConfirmationHMAC(row).key})
