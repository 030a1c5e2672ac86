"""Do what is left of comparing, a little at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.business.models import Business
from clientela.people.actions.compare_cards import compare_cards
from clientela.people.actions.count_crowd import count_crowd
from clientela.people.match_hash import COMPARED, key_numbers
from clientela.people.models import Client, ClientKey, Crowd
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.match_cards import match_cards
from clientela.platform.tenancy import business_scope, system_scope

_AT_ONCE: Final = 50
_GROWN: Final = 1.25
_OLD: Final = timedelta(days=30)


def compare_due(*, now: datetime, limit: int = _AT_ONCE) -> int:
    """Compare some of the cards that are due, of one business; return how many were.

    New and changed cards, those of a file, those of a former version of the rule: whoever is interrupted goes on
    where it stopped. A business whose names were never counted is counted first.
    """
    with system_scope("cards of every business are compared"):
        due = Client.objects.filter(compared_version__lt=COMPARED).order_by(
            "compared_version", "business_id"
        )
        business_id = due.values_list("business_id", flat=True).first()
    if business_id is None:
        return 0
    with business_scope(business_id):
        if not Crowd.objects.exists():
            count_crowd(business=Business.objects.get(pk=business_id), now=now)
        ids = due_of(limit=limit)
        compare_cards(business_id=business_id, ids=ids, now=now)
    return len(ids)


def due_of(*, limit: int) -> list[UUID]:
    """Return some cards of the scope that are due."""
    due = Client.objects.filter(compared_version__lt=COMPARED).order_by("compared_version")
    return list(due.values_list("pk", flat=True)[:limit])


def recount_grown(*, now: datetime) -> int:
    """Count again the businesses that grew or shrank by a quarter since, or were counted a month ago.

    Return how many were. Their cards are compared again, for names are as rare as the crowd makes them. Where the keys
    are those of a former ``SECRET_KEY``, they are made anew first.
    """
    with system_scope("crowds of every business are looked at"):
        counted = list(Crowd.objects.select_related("business").order_by("counted_at"))
    done = 0
    for one in counted:
        with business_scope(one.business_id):
            if _are_of_another_secret(one.business_id):
                Client.objects.update(compared_version=0)
            size = living_cards().count()
            grown = max(size, one.size) > _GROWN * min(size, one.size)
            if grown or (size != one.size and now - one.counted_at >= _OLD):
                count_crowd(business=one.business, now=now)
                done += 1
    return done


def _are_of_another_secret(business_id: UUID) -> bool:
    """Whether a card that was compared has none of the keys that it would be given now."""
    compared = living_cards().filter(compared_version=COMPARED)
    for pk, card in match_cards(ids=compared.values_list("pk", flat=True)[:1]).items():
        wanted = key_numbers(card, business_id=business_id).keys()
        standing = ClientKey.objects.filter(client=pk).values_list("key", flat=True)
        return bool(wanted) and wanted.isdisjoint(standing)
    return False
