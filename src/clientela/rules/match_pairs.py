"""Which cards are compared at all: those with a key in common that few others have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from clientela.rules.match_keys import STOP_IN_BATCH, KeyKind

CONTACTS: Final = frozenset({KeyKind.EMAIL, KeyKind.PHONE})
LARGE: Final = 100_000
MOST_WHERE_LARGE: Final = 12
"""In a large business a name that more cards have says nothing without something else in common."""

_KIND_BITS: Final = 4
_KIND: Final = (1 << _KIND_BITS) - 1
_ENOUGH: Final = 2


def coded(keys: Iterable[tuple[KeyKind, str]]) -> tuple[int, ...]:
    """Keys as numbers, their kinds in the lowest bits: a million cards' keys fit in memory. Of this process only."""
    return tuple(hash(key) << _KIND_BITS | key[0] for key in keys)


def candidate_pairs(keys: Sequence[Iterable[int]]) -> Iterator[tuple[int, int]]:
    """Yield each pair of places whose keys meet, once, the smaller first, in order of the first.

    ``keys`` holds the ``coded`` keys of each card, by place. Keys of more than thirty cards are passed over. From 100,000
    cards on a single key that is no contact (one name, one word of it with the birthday) never carries a pair past
    the line by which it would be shown, and is followed only together with another.
    """
    large = len(keys) >= LARGE
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, mine in enumerate(keys):
        for key in mine:
            holders[key].append(place)
    for place, mine in enumerate(keys):
        met: defaultdict[int, int] = defaultdict(int)
        for key in mine:
            others = holders[key]
            told = key & _KIND in CONTACTS or not large
            if 1 < len(others) <= (STOP_IN_BATCH if told else MOST_WHERE_LARGE):
                for other in others:
                    met[other] += _ENOUGH if told else 1
        for other in sorted(other for other, said in met.items() if other > place):
            if met[other] >= _ENOUGH:
                yield place, other
