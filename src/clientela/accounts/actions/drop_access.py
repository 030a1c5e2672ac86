"""Take away every way into an account but its mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from clientela.accounts.actions.end_sessions import end_sessions

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account


def drop_access(*, account: Account, since: datetime | None = None) -> None:
    """Drop the password and all sessions, and the factors and linked log-ins added from ``since`` on (None: all).

    In the caller's transaction, which holds the account's row. Whoever has the mailbox comes in by a code.
    """
    factors = Authenticator.objects.filter(user=account)
    links = SocialAccount.objects.filter(user=account)
    if since is not None:
        factors = factors.filter(created_at__gte=since)
        links = links.filter(date_joined__gte=since)
    factors.delete()
    links.delete()
    end_sessions(account=account)
    # A session that nobody listed dies of this as well: its hash was made from the password.
    account.set_unusable_password()
    account.save(update_fields=["password"])
