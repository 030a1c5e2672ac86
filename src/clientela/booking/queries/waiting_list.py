"""Who waits for what: at a business, and of a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from clientela.booking.models import OfferState, WaitingEntry, WaitingOffer, WaitState
from clientela.booking.queries.waiting_starts import WITH


def who_waits() -> QuerySet[WaitingEntry]:
    """Return the entries of the scope that still wait, the longest waiting first, with what they were told (newest first)."""
    told = WaitingOffer.objects.filter(state=OfferState.TOLD).order_by("-settled_at", "-id")
    return (
        WaitingEntry.objects.filter(state=WaitState.WAITING)
        .select_related(*WITH)
        .prefetch_related(Prefetch("offers", told, to_attr="told"))
        .order_by("created_at", "id")
    )


def told_lately(*, client_id: UUID, now: datetime) -> int:
    """Say how many times a client was told of a freed time within the last day; one query."""
    told = WaitingOffer.objects.filter(entry__client=client_id, state=OfferState.TOLD)
    return told.filter(settled_at__gt=now - timedelta(days=1)).count()
