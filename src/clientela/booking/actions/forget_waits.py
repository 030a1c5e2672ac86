"""Take a person who leaves off the waiting list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.models import OfferState, WaitingEntry, WaitingOffer, WaitState
from clientela.booking.waiting_links import new_wait_link
from clientela.people.models import Client


def forget_waits(*, card: Client, now: datetime) -> None:
    """End what the card waits for, and empty what was typed; links that were mailed open nothing any more."""
    entries = WaitingEntry.objects.filter(client=card)
    with transaction.atomic():
        entries.filter(state=WaitState.WAITING).update(state=WaitState.LEFT, ended_at=now)
        turns = WaitingOffer.objects.filter(entry__client=card, state=OfferState.DUE)
        turns.update(state=OfferState.LAPSED, because="not-waiting", settled_at=now)
        for key in list(entries.values_list("pk", flat=True)):
            nonce, digest = new_wait_link()  # a link that nobody was ever sent
            WaitingEntry.objects.filter(pk=key).update(
                address_used="", zone="", link_nonce=nonce, link_digest=digest
            )
