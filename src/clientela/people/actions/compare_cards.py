"""Hold cards beside the others of their business, and keep who may be one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.people.actions.keep_suggestions import keep_suggestions
from clientela.people.actions.refresh_keys import forget_likeness, keep_keys
from clientela.people.match_hash import COMPARED
from clientela.people.models import Client
from clientela.people.queries.crowd_now import crowd_now
from clientela.people.queries.likenesses import alike
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.match_cards import match_cards
from clientela.platform.locking import lock
from clientela.rules.client_match import MatchCard


def compare_cards(*, business_id: UUID, ids: Collection[UUID], now: datetime) -> int:
    """Hold these cards beside the others, and write exactly the suggestions they are in; return how many.

    Their keys are written first where they are missing. What was said of a pair is honoured (``rules/pair_memory``).
    The outcome depends on what the cards say, not on the order in which they came. A card that is changed meanwhile
    stays due. In the business's scope; one comparison in a business at a time.
    """
    with transaction.atomic():
        cards, keys = with_keys(business_id=business_id, ids=ids)
    with transaction.atomic():
        lock(keys=[f"compare:{business_id}"])
        crowd = crowd_now(business_id=business_id, now=now)
        found = alike(business_id=business_id, cards=cards, keys=keys, among=crowd)
        living = hold_living({*cards, *(pk for pair in found for pk in pair)})
        still = {pk for pk, card in match_cards(ids=cards).items() if card == cards[pk]}
        kept = keep_suggestions(
            business_id=business_id,
            found={
                pair: likeness
                for pair, likeness in found.items()
                if living.issuperset(pair) and not still.isdisjoint(pair)
            },
            of=still,
            now=now,
        )
        Client.objects.filter(pk__in=still).update(compared_version=COMPARED)
    return kept


def with_keys(
    *, business_id: UUID, ids: Collection[UUID]
) -> tuple[Mapping[UUID, MatchCard], Mapping[UUID, Collection[int]]]:
    """Let the cards' keys stand, and return both; cards that stand for nobody lose theirs and are done."""
    hold_living(ids)
    cards = match_cards(ids=ids)
    gone = set(ids) - cards.keys()
    forget_likeness(ids=gone)
    Client.objects.filter(pk__in=gone).update(compared_version=COMPARED)
    return cards, keep_keys(cards=cards, business_id=business_id)


def hold_living(ids: Iterable[UUID]) -> set[UUID]:
    """Lock cards, and return those that stand for somebody.

    In the order in which bookings and merges hold them, so that nobody waits in a ring; a booking, which only needs
    that its card does not vanish, does not wait at all.
    """
    rows = living_cards().filter(pk__in=list(ids)).order_by("created_at", "id")
    return set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
