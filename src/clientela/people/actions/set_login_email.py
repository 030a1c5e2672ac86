"""The address with which a client is to come in, before the client has done so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.plain_text import line
from clientela.people.emails import parse_email
from clientela.people.errors import LoginEmailNotYours
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope


def set_login_email(*, client: Client, email: str, by: Actor, now: datetime) -> Client:
    """Keep the address that the welcome goes to; blank means the notification address. Ends a welcome link sent before.

    Refuses ``LoginEmailNotYours`` from the moment an account stands on the card, whoever asks: no role, no operator
    and no support agent has another way in. Only the person changes it, in their own pages. Refuses ``EmailInvalid``.
    """
    kept = parse_email(line(email, limit=254)) if email.strip() else ""
    with business_scope(client.business_id), transaction.atomic():
        free = living_cards().filter(pk=client.pk, account__isnull=True)
        if not free.update(login_email=kept, welcome_nonce="", welcome_digest=""):
            raise LoginEmailNotYours(field="login_email")
        client.refresh_from_db()
        audit_note(action="login-email-changed", subject=client, by=by, now=now)
    return client
