"""Due work of the notify storey."""

from __future__ import annotations

from datetime import datetime, timedelta

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
