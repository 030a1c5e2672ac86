"""The card of a person who is signed in, at one business."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from clientela.accounts.errors import AccountGone
from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.people.actions.attach_card import attach_card, cards_lock
from clientela.people.actions.keep_contacts import Contact, read_contacts
from clientela.people.actions.record_consent import record_consent
from clientela.people.actions.register_client import checked_name, insert_card
from clientela.people.errors import AccountUnproved
from clientela.people.models import Client, How, IdentifierKind, NotifyBy
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.waiting_at import waiting_at
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.platform.tenancy import business_scope
from clientela.rules.name_match import same_name


def card_for_account(
    *, business: Business, account: Account, language: str = "", by: Actor, now: datetime
) -> Client:
    """Return the account's card here: the one it has, else one that plainly waits for it, else a new one.

    Which card plainly waits is decided as in ``claim_cards``. A new card bears the account's name, its proved
    addresses (messages go to the log-in address) and its phone; it is activated, and the booking is the consent.
    Two bookings at once find or make one card. Refuses ``AccountUnproved``, and ``AccountGone`` for a log-in that
    left or was absorbed this very moment.
    """
    _require_proved(account)
    with business_scope(business.pk), transaction.atomic(savepoint=False):
        standing = _standing(business=business, account=account)
        if standing is not None:
            return standing
        if not Account.objects.filter(pk=account.pk, is_active=True).exists():
            raise AccountGone
        emails = verified_emails(account=account)
        waiting = _waiting(business=business, account=account, emails=emails, hold=True)
        if waiting is not None:
            return attach_card(
                card=waiting, account=account, emails=emails, because="same-name", by=by, now=now
            )
        return _new_card(
            business=business, account=account, emails=emails, language=language, by=by, now=now
        )


def foreseen_card(*, business: Business, account: Account) -> Client | None:
    """Return which card ``card_for_account`` will return in the same transaction, or ``None`` where it makes one.

    For whoever must win a time between the two, and so may not hold or write a card yet: only that no other log-in of
    the person makes one meanwhile is sure. Refuses ``AccountUnproved``.
    """
    _require_proved(account)
    with business_scope(business.pk), transaction.atomic(savepoint=False):
        standing = _standing(business=business, account=account)
        emails = [] if standing else verified_emails(account=account)
        return standing or _waiting(business=business, account=account, emails=emails, hold=False)


def _require_proved(account: Account) -> None:
    if account.expires_at is not None:
        raise AccountUnproved


def _standing(*, business: Business, account: Account) -> Client | None:
    """Return the card the account has here, under the person's lock."""
    lock(keys=[cards_lock(account)])
    return living_cards().filter(business=business, account=account).first()


def _waiting(
    *, business: Business, account: Account, emails: list[str], hold: bool
) -> Client | None:
    cards = waiting_at(emails=emails, account_id=account.pk).filter(
        business=business, is_provisional=False
    )
    rows = cards.select_for_update(no_key=True) if hold else cards
    mine = (card for card in rows if same_name(card.record_name, account.name))
    return next(mine, None)


def _new_card(
    *,
    business: Business,
    account: Account,
    emails: list[str],
    language: str,
    by: Actor,
    now: datetime,
) -> Client:
    card = insert_card(
        business=business,
        contacts=_contacts(business=business, account=account, emails=emails, now=now),
        by=by,
        now=now,
        record_name=checked_name(account.name or account.email.partition("@")[0]),
        account=account,
        language=line(language or account.language, limit=8),
        zone=account.zone,
        birthday=account.birthday,
        activated_at=now,
    )
    record_consent(client=card, notify_by=NotifyBy.EMAIL, how=How.BOOKING, by=by, now=now)
    return card


def _contacts(
    *, business: Business, account: Account, emails: list[str], now: datetime
) -> list[Contact]:
    """Return the proved addresses, the log-in address first and alone for messages, and the phone."""
    read = read_contacts(
        business=business, emails=emails or [account.email], phones=[account.phone]
    )
    return [
        replace(
            one,
            verified_at=now if one.value in emails else None,
            for_notifications=one.kind is IdentifierKind.PHONE or one == read[0],
        )
        for one in read
    ]
