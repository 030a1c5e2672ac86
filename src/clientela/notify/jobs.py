"""Due work of the notify storey."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.notify.actions.look_at_domains import look_at_domains
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.actions.replan_changed import replan_changed
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.actions.send_due import send_due
from clientela.platform.jobs import due_work


@due_work("notify.send-due", every=timedelta(seconds=1))
def send(now: datetime) -> int:
    """Send what is due; asked again at once while there is more."""
    return send_due(now=now)


@due_work("notify.send-account-mails", every=timedelta(seconds=1))
def send_accounts(now: datetime) -> int:
    """Send the codes, resets and invitations that are due."""
    return send_account_mails(now=now)


@due_work("notify.look-at-domains", every=timedelta(days=1))
def look(now: datetime) -> int:
    """Look at the public records of the domains that mails come from."""
    look_at_domains(now=now)
    return 0


@due_work("notify.make-push-keys", every=timedelta(hours=6))
def push_keys(now: datetime) -> int:
    """Make the pair of keys for pushes where there is none, and seal anew what a former key sealed."""
    return make_push_keys(now=now)


@due_work("notify.replan", every=timedelta(minutes=1))
def replan(now: datetime) -> int:
    """Plan anew what waits where a business has changed its plan of messages."""
    return replan_changed(now=now)
