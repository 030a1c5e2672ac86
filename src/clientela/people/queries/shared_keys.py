"""Which pairs of a whole business are worth comparing: read from the index of keys alone, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Final
from uuid import UUID

from django.db import connection

from clientela.people.match_hash import KIND_BITS, kind_of
from clientela.people.queries.pair_words import Pair
from clientela.platform.database import is_postgresql
from clientela.rules.match_keys import STOP_IN_BATCH
from clientela.rules.match_pairs import CONTACTS, LARGE, MOST_WHERE_LARGE

# The database puts together who has a key; what only one card has, or very many have, never leaves it.
_LITE: Final = """
SELECT key, group_concat(client_id, '') FROM people_clientkey
 WHERE business_id = %s GROUP BY key HAVING COUNT(*) BETWEEN 2 AND %s
"""
_POSTGRES: Final = """
SELECT key, string_agg(encode(uuid_send(client_id), 'hex'), '') FROM people_clientkey
 WHERE business_id = %s GROUP BY key HAVING COUNT(*) BETWEEN 2 AND %s
"""
_HEX: Final = 32
_FETCHED: Final = 5_000


def worth_comparing(*, business_id: UUID, size: int) -> list[Pair]:
    """Return the pairs of cards that have a contact in common, or two other keys; each once, in order.

    A single other key (one word of the name with the birthday, one name) never carries a pair past the line by which
    it would be shown, once there are many cards; in a business of fewer than 100,000 it is followed too. Keys of more
    than thirty cards are passed over. Some 200 bytes are held for each card that has a key in common with another.
    """
    numbers: dict[str, int] = {}
    found = sorted(_encoded(business_id, size=size, numbers=numbers))
    cards = [UUID(text) for text in numbers]
    follows_single = size < LARGE
    pairs: list[Pair] = []
    for both, keys in groupby(found, key=lambda code: code >> KIND_BITS):
        kinds = [kind_of(code) for code in keys]
        if follows_single or len(kinds) > 1 or not CONTACTS.isdisjoint(kinds):
            one, other = cards[both >> 30], cards[both & (1 << 30) - 1]
            pairs.append((one, other) if one < other else (other, one))
    return pairs


def _encoded(business_id: UUID, *, size: int, numbers: dict[str, int]) -> Iterator[int]:
    """Yield every pair under every key as one number: the cards' numbers, and the key's kind in the lowest bits."""
    most = STOP_IN_BATCH if size < LARGE else MOST_WHERE_LARGE
    for key, joined in _groups(business_id):
        if len(joined) > most * _HEX and kind_of(key) not in CONTACTS:
            continue
        ids = [joined[at : at + _HEX] for at in range(0, len(joined), _HEX)]
        cards = sorted(numbers.setdefault(pk, len(numbers)) for pk in ids)
        kind = key & (1 << KIND_BITS) - 1
        for one, other in combinations(cards, 2):
            yield (one << 30 | other) << KIND_BITS | kind


def _groups(business_id: UUID) -> Iterator[tuple[int, str]]:
    """Yield each key that several cards have, with their ids in one text. One statement, read as it comes."""
    postgresql = is_postgresql(connection)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            _POSTGRES if postgresql else _LITE,
            [business_id if postgresql else business_id.hex, STOP_IN_BATCH],
        )
        while rows := cursor.fetchmany(_FETCHED):
            yield from rows
