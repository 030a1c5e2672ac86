"""A test mail to a client, to see whether email arrives and in which folder."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import override

from clientela.booking.models import Appointment
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.errors import TrialRefused
from clientela.notify.gate import pass_gate
from clientela.notify.mail_budget import Spending, spend
from clientela.notify.models import AccountMail, Reason
from clientela.notify.queries.address_states import troubles_of
from clientela.notify.queries.client_policy import client_policy
from clientela.notify.queries.sending_domains import sending_names
from clientela.notify.queries.standing import Contact, contact_of, standing_of, standing_of_card
from clientela.notify.reach import EMAIL
from clientela.notify.trial_letters import trial_letter
from clientela.people.models import Client
from clientela.people.queries.hearers import hearers
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.throttle import allow
from clientela.rules.name_match import normalise_email

PER_HOUR: Final = 3
_HOUR_SECONDS: Final = 3600


def mail_trial(
    *, client: Client, appointment: Appointment | None = None, by: Actor, now: datetime
) -> AccountMail:
    """Queue a test to where the client's mail goes; three an hour to one mailbox, whoever asks.

    A test is a message like any other to its reader: it passes the same gate, and goes to nobody who turned
    messages off, complained, or whose mail comes back. Refuses ``TrialRefused``, which says why; counts in the
    mailbox's budget.
    """
    contact = reach_by_mail(client=client, appointment=appointment)
    within_trials(contact, now=now)
    business = client.business
    language = client.language or business.language
    with override(language):
        letter = trial_letter(
            language=language,
            business=business.name,
            domains=", ".join(f"@{name}" for name in sending_names()),
        )
    queued = queue_account_mail(kind="trial", address=contact.address, letter=letter, now=now)
    audit.note(action="test-mail-sent", subject=client, by=by, now=now, business_id=business.pk)
    return queued


def reach_by_mail(*, client: Client, appointment: Appointment | None) -> Contact:
    """Return where the client's mail goes; refuses with why it may not."""
    reader = hearers(cards=[client]).get(client.pk, client)
    if appointment is None:
        contact, standing = standing_of_card(business=client.business, card=reader)
    else:
        contact = contact_of(appointment, reader=reader)
        gate = client_policy(client.business_id).gate
        standing = standing_of(appointment=appointment, reader=reader, contact=contact, gate=gate)
    if not contact.address:
        raise TrialRefused(why=Reason.NO_ADDRESS)
    if troubles_of(business_id=client.business_id, pairs=[(EMAIL, contact.address)]):
        raise TrialRefused(why=Reason.BOUNCED_HARD)
    reason = pass_gate(standing)
    if reason is not Reason.QUEUED:
        raise TrialRefused(why=reason)
    return contact


def within_trials(contact: Contact, *, now: datetime) -> None:
    """Count one mail of this kind to the mailbox; refuses above the limits."""
    key = f"trial-mail:{normalise_email(contact.address)}"
    few = allow(key=key, limit=PER_HOUR, per_seconds=_HOUR_SECONDS, now=now)
    if not few or not all(spend(spendings=[Spending(contact.address)], now=now)):
        raise TrialRefused("too-many-trials", why=Reason.POLICY_GATE)
