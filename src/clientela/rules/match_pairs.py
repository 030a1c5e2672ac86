"""Which cards are compared at all: those with a key in common that few others have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain


def candidate_pairs(keys: Sequence[Iterable[Hashable]], *, stop: int) -> Iterator[tuple[int, int]]:
    """Yield each pair of places whose keys meet, once, the smaller first, in order of the first.

    A key that more than ``stop`` have finds nothing. ``keys`` holds the keys of each card, by place.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, mine in enumerate(keys):
        for key in mine:
            holders[hash(key)].append(place)
    for place, mine in enumerate(keys):
        groups = (holders[hash(key)] for key in mine)
        later = chain.from_iterable(group for group in groups if 1 < len(group) <= stop)
        for other in sorted({found for found in later if found > place}):
            yield place, other
