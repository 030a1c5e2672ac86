"""Forget the clients of businesses that were given up."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.business.actions.mark_erased import mark_erased
from clientela.business.models import Business
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

_AT_ONCE: Final = 100


def erase_closed(*, now: datetime) -> int:
    """Erase cards of businesses whose grace is over, at most a hundred a call; say how many things were done.

    Each card is a transaction of its own, so an interruption loses none and doubles none. The business counts as
    erased once no card is left. Accounts stay: their people may be clients elsewhere.
    """
    over = Business.objects.filter(erase_at__lte=now, erased_at__isnull=True).order_by("erase_at")
    return sum(_some_of(business, now=now) for business in over)


def _some_of(business: Business, *, now: datetime) -> int:
    by = Actor.system("people.erase-closed")
    with business_scope(business.pk):
        cards = list(
            Client.objects.filter(erased_at__isnull=True, merged_into__isnull=True)[:_AT_ONCE]
        )
        for card in cards:
            erase_card(card=card, because="business-given-up", by=by, now=now)
        if not cards:
            mark_erased(business=business, by=by, now=now)
    return max(len(cards), 1)
