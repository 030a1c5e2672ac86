"""Write which pairs of cards are proposed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from clientela.people.models import Suggestion
from clientela.people.queries.likenesses import as_values
from clientela.people.queries.pair_words import Pair, pair_words
from clientela.rules.client_match import VERSION, Likeness, explain
from clientela.rules.pair_memory import Memory, Said, remember

_NEW: Final = ["millibits", "probability", "verdict", "evidence", "version", "at", "asleep_until"]
_BATCH: Final = 500
_THOUSAND: Final = 1000


def keep_suggestions(
    *, business_id: UUID, found: Mapping[Pair, Likeness], of: Collection[UUID], now: datetime
) -> int:
    """Let exactly these pairs be the suggestions that the cards ``of`` are in; return how many are kept.

    A pair that somebody said is different people, or belongs together, is not (``rules/pair_memory``). The caller's
    transaction, in the business's scope, holding every card named.
    """
    words = pair_words(ids=of) if found else {}
    rows = suggested(business_id=business_id, found=found, words=words, now=now)
    kept = {(row.first_id, row.second_id) for row in rows}
    standing = Suggestion.objects.filter(Q(first__in=of) | Q(second__in=of))
    stale = [
        pk
        for pk, *pair in standing.values_list("pk", "first_id", "second_id")
        if tuple(pair) not in kept
    ]
    if stale:
        Suggestion.objects.filter(pk__in=stale).delete()
    write_suggestions(rows=rows)
    return len(rows)


def write_suggestions(*, rows: Collection[Suggestion]) -> None:
    """Insert the pairs, or write anew those that stand; in one order, so that two writers do not wait in a ring."""
    Suggestion.objects.bulk_create(
        sorted(rows, key=lambda row: (row.first_id, row.second_id)),
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=_NEW,
        batch_size=_BATCH,
    )


def suggested(
    *,
    business_id: UUID,
    found: Mapping[Pair, Likeness],
    words: Mapping[Pair, list[Said]],
    now: datetime,
) -> list[Suggestion]:
    """Return the rows of the pairs that nobody has silenced; not saved yet."""
    rows = []
    for pair, likeness in found.items():
        memory = remember(words.get(pair, ()), millibits=likeness.millibits)
        if not memory.is_hidden:
            rows.append(_row(business_id, pair, likeness, memory, now=now))
    return rows


def _row(
    business_id: UUID, pair: Pair, likeness: Likeness, memory: Memory, *, now: datetime
) -> Suggestion:
    first, second = pair
    return Suggestion(
        business_id=business_id,
        first_id=first,
        second_id=second,
        millibits=likeness.millibits,
        probability=round(likeness.probability * _THOUSAND),
        verdict=likeness.verdict.value,
        evidence=as_values(explain(likeness)),
        version=VERSION,
        at=now,
        asleep_until=memory.asleep_until,
    )
