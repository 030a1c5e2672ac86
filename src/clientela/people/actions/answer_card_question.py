"""The person says whether a card is theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.people.actions.attach_card import attach_card, cards_lock, verify_contacts
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.errors import NameDoesNotMatch, NotAsked, TooManyTries
from clientela.people.models import CardAnswer, Client, Proof, Verdict
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.waiting_at import waiting_at
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.locking import lock
from clientela.platform.tenancy import system_scope
from clientela.platform.throttle import allow
from clientela.rules.name_match import same_name

_TRIES: Final = 5
_PER_SECONDS: Final = 24 * 3600


def answer_card_question(
    *,
    account: Account,
    card_id: UUID,
    is_mine: bool,
    name: str = "",
    by: Actor,
    now: datetime,
) -> Client | None:
    """Attach the card, or let the person's own card there take it up, and return the card that stands; or disown it.

    A card under another name is given only to who types the name as it was booked: whoever shares a mailbox knows
    the address, not the appointment. Five tries a day, then ``TooManyTries``. Refuses ``NotAsked`` for
    whatever ``card_questions`` does not show, and ``NameDoesNotMatch``.
    """
    emails = verified_emails(account=account) if account.expires_at is None else []
    with system_scope("a person's cards stand in many businesses"):
        asked = waiting_at(emails=emails, account_id=account.pk).filter(pk=card_id)
        card = asked.first()
        if card is None:
            raise NotAsked
        if is_mine and not same_name(card.record_name, account.name):
            _check_name(card, name=name, account=account, now=now)
        with transaction.atomic():
            lock(keys=[cards_lock(account)])
            card = asked.first()  # another answer of the same person may have come first
            if card is None:
                raise NotAsked
            _keep_answer(card, account=account, is_mine=is_mine, by=by, now=now)
            if not is_mine:
                return None
            return _make_own(card, account=account, emails=emails, by=by, now=now)


def _check_name(card: Client, *, name: str, account: Account, now: datetime) -> None:
    """Refuse a name that is not the card's. Every try counts, so that names cannot be guessed through."""
    if not allow(key=f"card-name:{account.pk}", limit=_TRIES, per_seconds=_PER_SECONDS, now=now):
        raise TooManyTries
    if not same_name(card.record_name, name):
        raise NameDoesNotMatch(field="name")


def _keep_answer(
    card: Client, *, account: Account, is_mine: bool, by: Actor, now: datetime
) -> None:
    CardAnswer.objects.create(
        business_id=card.business_id,
        client=card,
        account=account,
        verdict=Verdict.MINE if is_mine else Verdict.NOT_MINE,
        at=now,
    )
    if not is_mine:
        audit_note(action="card-disowned", subject=card, by=by, now=now)


def _make_own(
    card: Client, *, account: Account, emails: list[str], by: Actor, now: datetime
) -> Client:
    own = living_cards().filter(account=account, business=card.business_id).first()
    if own is None:
        return attach_card(
            card=card, account=account, emails=emails, because="said-so", by=by, now=now
        )
    take_up_card(card=card, into=own, proof=Proof.LOG_IN, by=by, now=now)
    verify_contacts(card=own, emails=emails, now=now)
    own.refresh_from_db()
    return own
