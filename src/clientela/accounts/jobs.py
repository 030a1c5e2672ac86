"""Due work of accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.accounts.actions.end_unproved import end_unproved
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
