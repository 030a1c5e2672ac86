"""Compare all cards of a business with each other, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.business.models import Business
from clientela.people.actions.compare_cards import hold_living, with_keys
from clientela.people.actions.count_crowd import count_crowd, keep_crowd, own_contacts
from clientela.people.actions.keep_suggestions import suggested, write_suggestions
from clientela.people.match_hash import COMPARED, COMPARING, KEYED
from clientela.people.models import Client, Crowd, Suggestion
from clientela.people.queries.crowd_now import crowd_now
from clientela.people.queries.likenesses import likenesses
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.match_cards import match_cards
from clientela.people.queries.pair_words import Pair, pair_words
from clientela.people.queries.shared_keys import worth_comparing
from clientela.platform.tenancy import business_scope
from clientela.rules.client_match import CrowdCount, Likeness

Tell = Callable[[str, int, int], None]
_KEYS_AT_ONCE: Final = 1_000
_PAIRS_AT_ONCE: Final = 2_000
_DELETED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: cards of the business, pairs that were looked at, suggestions that stand."""

    cards: int
    pairs: int
    suggestions: int


def compare_business(
    *, business: Business, now: datetime, tell: Tell = lambda *_: None
) -> Compared:
    """Write the keys that are missing, compare every pair worth it, and let exactly what is found be the suggestions.

    ``tell`` hears how far it is: a word (``keys``, ``pairs``), how much is done and of how much. Whoever interrupts or
    kills it leaves keys and suggestions as good as they were, and every card due: it is begun again, or the worker does
    them. Cards that change meanwhile stay due.
    """
    with business_scope(business.pk):
        size = living_cards().count()
        _count(business, _keyed(business.pk, tell), size=size, now=now)
        # Whatever changes from here on is not of this batch any more, and stays due.
        Client.objects.filter(compared_version=KEYED).update(compared_version=COMPARING)
        pairs = worth_comparing(business_id=business.pk, size=size)
        kept = _written(business.pk, pairs, tell, now=now)
        _drop_others(kept, now=now)
        Client.objects.filter(compared_version=COMPARING).update(compared_version=COMPARED)
    return Compared(size, len(pairs), len(kept))


def _keyed(business_id: UUID, tell: Tell) -> CrowdCount:
    """Write the keys of every card that has none of this version; count the crowd those cards make."""
    missing = Client.objects.filter(compared_version__lt=KEYED)
    total, done = missing.count(), 0
    count = CrowdCount()
    while ids := list(
        missing.order_by("compared_version")[:_KEYS_AT_ONCE].values_list("pk", flat=True)
    ):
        with transaction.atomic():
            cards, _ = with_keys(business_id=business_id, ids=ids)
            Client.objects.filter(pk__in=cards).update(compared_version=KEYED)
        for card in cards.values():
            count.add(card)
        done += len(ids)
        tell("keys", done, total)
    return count


def _count(business: Business, counted: CrowdCount, *, size: int, now: datetime) -> None:
    """Keep the crowd if it was counted on the way; count it, if that never happened."""
    if size and counted.size == size:
        keep_crowd(business=business, crowd=counted.crowd(own=own_contacts(business)), now=now)
    elif not Crowd.objects.exists():
        count_crowd(business=business, now=now)


def _written(business_id: UUID, pairs: Sequence[Pair], tell: Tell, *, now: datetime) -> set[Pair]:
    """Compare the pairs, write what is worth showing, and return which they are."""
    words = pair_words()
    kept: set[Pair] = set()
    done = 0
    for some, found in _found(business_id, pairs, now=now):
        rows = suggested(business_id=business_id, found=found, words=words, now=now)
        with transaction.atomic():
            write_suggestions(rows=_standing(rows))
        kept.update((row.first_id, row.second_id) for row in rows)
        done += some
        tell("pairs", done, len(pairs))
    return kept


def _found(
    business_id: UUID, pairs: Sequence[Pair], *, now: datetime
) -> Iterator[tuple[int, Mapping[Pair, Likeness]]]:
    crowd = crowd_now(business_id=business_id, now=now)
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        some = pairs[start : start + _PAIRS_AT_ONCE]
        cards = match_cards(ids={pk for pair in some for pk in pair})
        yield (
            len(some),
            likenesses(business_id=business_id, pairs=some, cards=cards, among=crowd),
        )


def _standing(rows: list[Suggestion]) -> list[Suggestion]:
    """Hold the cards of the rows, and return the rows of which both still stand for somebody."""
    living = hold_living({pk for row in rows for pk in (row.first_id, row.second_id)})
    return [row for row in rows if {row.first_id, row.second_id} <= living]


def _drop_others(kept: set[Pair], *, now: datetime) -> None:
    """Take away the suggestions from before that were not found again."""
    standing = Suggestion.objects.filter(at__lte=now).values_list("pk", "first_id", "second_id")
    stale = [pk for pk, *pair in standing.iterator() if tuple(pair) not in kept]
    for start in range(0, len(stale), _DELETED_AT_ONCE):
        Suggestion.objects.filter(pk__in=stale[start : start + _DELETED_AT_ONCE]).delete()
