"""The person follows the link of the welcome mail, signed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.people.actions.attach_card import attach_card, cards_lock, verify_contacts
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.errors import AccountUnproved, NameDoesNotMatch, OtherAddress
from clientela.people.models import Client, Proof
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.platform.tenancy import business_scope
from clientela.rules.name_match import same_name


def accept_welcome(*, client: Client, account: Account, by: Actor, now: datetime) -> Client:
    """Put the card of ``card_by_welcome`` under the account, and return the card that stands.

    The link alone is not enough, for mails are forwarded: the account must have proved the address the welcome went
    to (``OtherAddress``, ``AccountUnproved``). The name is the business's own spelling and need not agree; only where
    the account has a card here already, which then takes this one up, it must (``NameDoesNotMatch``): one mailbox
    may serve two people. Refuses ``CannotTakeUp`` when the card got an owner meanwhile.
    """
    if account.expires_at is not None:
        raise AccountUnproved
    emails = verified_emails(account=account)
    if client.login_email not in emails:
        raise OtherAddress
    with business_scope(client.business_id), transaction.atomic():
        lock(keys=[cards_lock(account)])
        own = living_cards().filter(account=account).first()
        if own is None:
            return attach_card(
                card=client, account=account, emails=emails, because="welcome", by=by, now=now
            )
        if own.pk != client.pk:
            if not _same_person(client, own=own, account=account):
                raise NameDoesNotMatch
            take_up_card(card=client, into=own, proof=Proof.LOG_IN, by=by, now=now)
            verify_contacts(card=own, emails=emails, now=now)
            own.refresh_from_db()
    return own


def _same_person(card: Client, *, own: Client, account: Account) -> bool:
    return same_name(card.record_name, own.record_name) or same_name(card.record_name, account.name)
