"""The way back to texts, by email, for a client whose number sent STOP."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from clientela.booking.models import Appointment
from clientela.notify.actions.mail_trial import reach_by_mail, within_trials
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.errors import TrialRefused
from clientela.notify.models import AccountMail, Reason, SenderKind
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.trial_letters import start_letter
from clientela.people.models import Client
from clientela.platform import audit
from clientela.platform.actor import Actor


def mail_start(
    *, client: Client, appointment: Appointment | None = None, by: Actor, now: datetime
) -> AccountMail:
    """Queue the letter with the number to text START to. It starts nothing by itself: only the person can.

    Bound as a test mail is (``mail_trial``); refuses ``TrialRefused`` also where nobody can answer the sender.
    """
    gateway = open_gateway(business_id=client.business_id)
    if gateway is None or gateway.sender_kind == SenderKind.NAME:
        raise TrialRefused("sender-unanswerable", why=Reason.NO_ADDRESS)
    contact = reach_by_mail(client=client, appointment=appointment)
    within_trials(contact, now=now)
    business = client.business
    language = client.language or business.language
    with override(language):
        letter = start_letter(language=language, business=business.name, sender=gateway.sender)
    queued = queue_account_mail(kind="start-texts", address=contact.address, letter=letter, now=now)
    audit.note(action="start-link-sent", subject=client, by=by, now=now, business_id=business.pk)
    return queued
