"""The thread of one address: found, or begun."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Medium
from clientela.conversations.queries.card_of_number import card_of_number


def open_conversation(
    *, business: Business, medium: Medium, address: str, now: datetime
) -> Conversation:
    """Return the thread of this address, locked, in the caller's transaction; two who begin it at once begin one.

    It hangs on the card that has the number, if exactly one living card has it. One that a person linked stays
    as it is; one that hangs on no card yet is asked for again, for the number may have been written down since.
    """
    rows = Conversation.objects.select_for_update(of=("self",))
    found = rows.filter(business=business, medium=medium, address=address).first()
    if found is None:
        found = _begin(business, medium, address, now)
    if found.client_id is None:
        found.client = card_of_number(business=business, number=address)
        if found.client is not None:
            found.save(update_fields=["client"])
    return found


def _begin(business: Business, medium: Medium, address: str, now: datetime) -> Conversation:
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                business=business, medium=medium, address=address, last_at=now, created_at=now
            )
    except IntegrityError:  # somebody began it a moment ago
        return Conversation.objects.select_for_update(of=("self",)).get(
            business=business, medium=medium, address=address
        )
