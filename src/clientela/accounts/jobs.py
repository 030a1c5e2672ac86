"""Due work of accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.accounts.actions.absorb_account import close_joined
from clientela.accounts.actions.end_unproved import end_unproved
from clientela.accounts.actions.expire_joins import expire_joins, tidy_joins
from clientela.accounts.actions.remind_unproved import remind_unproved
from clientela.accounts.actions.tidy_address_changes import tidy_address_changes
from clientela.platform.jobs import due_work


@due_work("accounts.end-unproved", every=timedelta(seconds=20))
def end(now: datetime) -> int:
    """Delete what was not proved in seven days. Proofs are refused from that moment on even if this is late."""
    return end_unproved(now=now)


@due_work("accounts.remind-unproved", every=timedelta(seconds=50))
def remind(now: datetime) -> int:
    """Tell the mailboxes of unproved accounts how long they have."""
    return remind_unproved(now=now)


@due_work("accounts.tidy-address-changes", every=timedelta(days=1))
def tidy(now: datetime) -> int:
    """Forget addresses that were asked for and never became anything."""
    return tidy_address_changes(now=now)


@due_work("accounts.expire-joins", every=timedelta(seconds=60))
def expire(now: datetime) -> int:
    """End the wishes to join two accounts that were not confirmed in time."""
    return expire_joins(now=now)


@due_work("accounts.tidy-joins", every=timedelta(days=1))
def tidy_joined(now: datetime) -> int:
    """Forget wishes that came to nothing, and what still hangs on accounts that were absorbed for good."""
    return tidy_joins(now=now) + close_joined(now=now)
