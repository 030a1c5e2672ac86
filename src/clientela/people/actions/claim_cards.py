"""A person who proved a mailbox finds the cards that businesses made for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.people.actions.attach_card import attach_card, cards_lock
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.waiting_at import waiting_at
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.platform.tenancy import system_scope
from clientela.rules.name_match import same_name


def claim_cards(*, account: Account, now: datetime) -> list[Client]:
    """Attach what is plainly the person's, and return it: called at every log-in and after every proof.

    That is: a card without a log-in, at an address the account has proved, under the account's name, one in each
    business where the person has none. Everything else at those addresses (another name, a guest's booking beside a
    card with a log-in, a second card) is asked about instead: ``card_questions``. An unproved account gets nothing.
    """
    emails = verified_emails(account=account)
    if account.expires_at is not None or not emails:
        return []
    with system_scope("a person's cards stand in many businesses"):
        waiting = waiting_at(emails=emails, account_id=account.pk).filter(is_provisional=False)
        if not waiting.exists():
            return []
        with transaction.atomic():
            lock(keys=[cards_lock(account)])
            taken = set(
                living_cards().filter(account=account).values_list("business_id", flat=True)
            )
            attached = []
            for card in waiting.select_for_update(no_key=True):
                if card.business_id in taken or not same_name(card.record_name, account.name):
                    continue
                taken.add(card.business_id)
                attached.append(
                    attach_card(
                        card=card,
                        account=account,
                        emails=emails,
                        because="same-name",
                        by=Actor.client(account.pk),
                        now=now,
                    )
                )
    return attached
