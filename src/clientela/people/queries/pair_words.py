"""What was said of pairs of people: of their cards, and of the cards those took up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from clientela.people.models import Client, PairDecision
from clientela.rules.pair_memory import Said, Word

Pair = tuple[UUID, UUID]


def ordered(*, one: UUID, other: UUID) -> Pair:
    """Return two ids in the order in which a pair is kept."""
    return (one, other) if one < other else (other, one)


def pair_words(*, ids: Iterable[UUID] | None = None) -> dict[Pair, list[Said]]:
    """Return, for each pair of which something was said, the newest word of every two cards between the two people.

    Of pairs that have one of ``ids`` in them (default: of every pair in the scope). A card that was taken up counts as
    the one that stands; pairs that have become one card are left out. Three queries.
    """
    decided = PairDecision.objects.order_by("at", "id")
    if ids is not None:
        asked = set(ids)
        taken_up = Client.objects.filter(merged_into__in=asked).values_list("pk", flat=True)
        among = asked.union(taken_up)
        decided = decided.filter(Q(first_id__in=among) | Q(second_id__in=among))
    newest: dict[Pair, Said] = {}
    for first, second, word, millibits, at in decided.values_list(
        "first_id", "second_id", "verdict", "millibits", "at"
    ):
        newest[first, second] = Said(Word(word), millibits, at)
    return _by_people(newest) if newest else {}


def _by_people(newest: Mapping[Pair, Said]) -> dict[Pair, list[Said]]:
    sides = {pk for pair in newest for pk in pair}
    gone = Client.objects.filter(pk__in=sides, merged_into__isnull=False)
    stands: dict[UUID, UUID] = {  # the way is one step long
        pk: into for pk, into in gone.values_list("pk", "merged_into") if into is not None
    }
    found: dict[Pair, list[Said]] = {}
    for (first, second), said in newest.items():
        one, other = stands.get(first, first), stands.get(second, second)
        if one != other:
            found.setdefault(ordered(one=one, other=other), []).append(said)
    return found
