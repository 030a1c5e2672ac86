"""Due work of the notify storey."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.notify.actions.alarm_of_texts import alarm_of_texts
from clientela.notify.actions.look_at_domains import look_at_domains
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.actions.replan_changed import replan_changed
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.actions.send_direct_texts import send_direct_texts
from clientela.notify.actions.send_due import send_due
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.actions.tell_unsent import tell_unsent
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


@due_work("notify.send-direct-texts", every=timedelta(seconds=1))
def send_texts(now: datetime) -> int:
    """Send answers and other texts that hang on no appointment."""
    return send_direct_texts(now=now)


@due_work("notify.tell-simulated-texts", every=timedelta(seconds=1))
def tell_texts(now: datetime) -> int:
    """Let the simulated carrier tell what became of texts; nothing outside a demo."""
    return tell_simulated_texts(now=now)


@due_work("notify.alarm-of-texts", every=timedelta(minutes=5))
def alarm(now: datetime) -> int:
    """Tell owners whose money for texts is nearly used, or used."""
    return alarm_of_texts(now=now)


@due_work("notify.tell-unsent", every=timedelta(minutes=10))
def unsent(now: datetime) -> int:
    """Tell owners of messages that were not sent because nobody, or no way out, was there in time."""
    return tell_unsent(now=now)
