"""Free an address from an account that nobody ever proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from clientela.accounts.actions.end_account import end_account
from clientela.accounts.models import Account
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.rules.name_match import normalise_email

if TYPE_CHECKING:
    from datetime import datetime


def release_address(*, email: str, now: datetime) -> bool:
    """End the unproved account that was made with this address; say whether there was one.

    For the moment in which somebody else proves the mailbox: whoever signed up with it before, in good faith
    or to lie in wait, proved nothing and keeps nothing. A proved account is never touched; an address that
    one merely entered and never proved is taken off it.
    """
    address = normalise_email(email)
    with transaction.atomic():
        lock(keys=[f"login-address:{address}"])
        # Only an account that was never proved has an end.
        unproved = Account.objects.select_for_update().filter(
            email=address, expires_at__isnull=False
        )
        account = unproved.first()
        if account is not None:
            by = Actor.system("accounts")
            end_account(
                account=account, because="the mailbox was proved by another", by=by, now=now
            )
        EmailAddress.objects.filter(email=address, verified=False).exclude(
            user__email=address
        ).delete()
    return account is not None
