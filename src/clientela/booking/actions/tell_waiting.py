"""The worker tells those whose turn has come, if the time is still free."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.events import FreedTimeOffered
from clientela.booking.models import OfferState, WaitingEntry, WaitingOffer, WaitState
from clientela.booking.queries.waiting_list import told_lately
from clientela.booking.queries.waiting_starts import WITH, is_still_free
from clientela.people.models import Client
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.platform.tenancy import business_scope
from clientela.rules.waiting import MOST_A_DAY

BATCH: Final = 50


def tell_waiting(*, now: datetime) -> int:
    """Settle up to ``BATCH`` turns that have come, each in its own transaction; in the system's scope.

    Return how many were dealt with. Two workers at once tell nobody twice: the row says who was first.
    """
    due = WaitingOffer.objects.filter(state=OfferState.DUE, tell_at__lte=now)
    rows = list(
        due.order_by("tell_at", "id").values_list("pk", "business_id", "entry__client_id")[:BATCH]
    )
    done = 0
    for key, business_id, client_id in rows:
        with business_scope(business_id):
            done += _settle(key, client_id, now)
    return done


def _settle(key: UUID, client_id: UUID, now: datetime) -> bool:
    """Decide again whether the person still waits, may be told once more today, and the time is still free."""
    with transaction.atomic():
        # Whoever tells this person holds their card, so that the day's offers are counted one after the other.
        Client.objects.select_for_update(no_key=True).get(pk=client_id)
        rows = WaitingOffer.objects.select_related(
            "professional__resource", *(f"entry__{one}" for one in WITH)
        )
        offer = rows.filter(pk=key, state=OfferState.DUE).first()
        if offer is None:
            return False
        because = _against(offer, now)
        state = OfferState.LAPSED if because else OfferState.TOLD
        ours = WaitingOffer.objects.filter(pk=key, state=OfferState.DUE)
        if not ours.update(state=state, because=because, settled_at=now):
            return False
        if not because:
            WaitingEntry.objects.filter(pk=offer.entry_id).update(told_at=now)
            record(
                FreedTimeOffered(
                    business_id=offer.business_id, offer_id=key, by=offer.entry.joined_by
                ),
                now=now,
            )
        failpoint("booking.tell-waiting.before-commit")
    return True


def _against(offer: WaitingOffer, now: datetime) -> str:
    """Return why there is nothing to tell; blank: there is."""
    if offer.entry.state != WaitState.WAITING:
        return "not-waiting"
    if told_lately(client_id=offer.entry.client_id, now=now) >= MOST_A_DAY:
        return "enough-today"
    return "" if is_still_free(offer=offer, now=now) else "taken"
