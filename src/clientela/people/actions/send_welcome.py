"""Invite a client to come in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.errors import AlreadyActive, CannotTakeUp, NoAddress
from clientela.people.events import WelcomeSent
from clientela.people.models import Client
from clientela.people.queries.card_by_welcome import PURPOSE
from clientela.people.queries.contacts import notification_email
from clientela.people.queries.living_cards import living_cards
from clientela.platform import links
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope


def send_welcome(*, client: Client, by: Actor, now: datetime) -> Client:
    """Ask for the welcome mail with a fresh link, which ends an earlier one; it goes to the card's ``login_email``.

    A card that has none takes its notification address as such. Refuses ``AlreadyActive`` when an account stands on
    the card, and ``NoAddress``.
    """
    with business_scope(client.business_id), transaction.atomic():
        card = living_cards().select_for_update(no_key=True).filter(pk=client.pk).first()
        if card is None:
            raise CannotTakeUp
        if card.account_id is not None:
            raise AlreadyActive
        contact = notification_email(card)
        card.login_email = card.login_email or (contact.value if contact else "")
        if not card.login_email:
            raise NoAddress
        card.welcome_nonce = links.new_nonce()
        card.welcome_digest = links.digest(links.derive(purpose=PURPOSE, nonce=card.welcome_nonce))
        card.welcome_sent_at = now
        card.save(
            update_fields=["login_email", "welcome_nonce", "welcome_digest", "welcome_sent_at"]
        )
        audit_note(action="welcome-sent", subject=card, by=by, now=now)
        record(WelcomeSent(business_id=card.business_id, client_id=card.pk), now=now)
    return card
