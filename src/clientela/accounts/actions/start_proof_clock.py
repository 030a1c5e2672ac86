"""Let the seven days run in which a new account is to be proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.models import Account
from clientela.accounts.proof_times import PROVED_WITHIN, next_notice

if TYPE_CHECKING:
    from datetime import datetime


def start_proof_clock(*, account: Account, now: datetime) -> Account:
    """Say of an account just made that it ends in seven days, and that it is first reminded in one.

    An account with a proved address has no clock: for it, and for one whose clock runs, nothing changes.
    """
    expires_at = now + PROVED_WITHIN
    unproved = Account.objects.filter(pk=account.pk, expires_at__isnull=True).exclude(
        emailaddress__verified=True
    )
    unproved.update(expires_at=expires_at, notice_at=next_notice(expires_at=expires_at, after=now))
    account.refresh_from_db(fields=["expires_at", "notice_at"])
    return account
