"""The person comes in for the first time and chooses the messages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.people.actions.attach_card import cards_lock, verify_contacts
from clientela.people.actions.record_consent import record_consent
from clientela.people.events import CardActivated
from clientela.people.models import Client, How, NotifyBy, Purpose
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.platform.tenancy import system_scope


def activate(
    *,
    account: Account,
    notify_by: NotifyBy | str,
    wants_follow_up: bool = False,
    by: Actor,
    now: datetime,
) -> list[Client]:
    """Activate the account's cards that wait for it, and return them: from now on messages may go out.

    On each card the choice is kept, with the consent of each purpose and the words it was given for, and the addresses
    that the account has proved count as verified. Cards that are active keep what was chosen for them. An unproved
    account activates nothing.
    """
    choice = NotifyBy(notify_by)
    if account.expires_at is not None:
        return []
    emails = verified_emails(account=account)
    with system_scope("a person's cards stand in many businesses"), transaction.atomic():
        lock(keys=[cards_lock(account)])
        waiting = living_cards().filter(account=account, activated_at__isnull=True).order_by("id")
        cards = list(waiting.select_for_update(no_key=True))
        for card in cards:
            card.activated_at = now
            card.notify_by = choice
            card.wants_follow_up = wants_follow_up and choice is not NotifyBy.NONE
            card.save(update_fields=["activated_at", "notify_by", "wants_follow_up"])
            verify_contacts(card=card, emails=emails, now=now)
            for purpose in _spoken_of(card):
                record_consent(
                    client=card,
                    purpose=purpose,
                    notify_by=choice,
                    how=How.ACTIVATION,
                    by=by,
                    now=now,
                )
            audit_note(action="card-activated", subject=card, by=by, now=now, reason=choice.value)
            record(CardActivated(business_id=card.business_id, client_id=card.pk), now=now)
    return cards


def _spoken_of(card: Client) -> list[Purpose]:
    """Return the purposes that the answer is about: a word after the visit only if it was ticked."""
    return [Purpose.APPOINTMENTS, *([Purpose.FOLLOW_UP] if card.wants_follow_up else [])]
