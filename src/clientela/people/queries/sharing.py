"""Which other cards have a key in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from clientela.people.match_hash import kind_of
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.match_keys import KeyKind

STOP: Final = 50
"""A key that more cards have than this says nothing by itself, and is passed over."""
_ONE: Final = """SELECT * FROM (SELECT key, client_id FROM people_clientkey
 WHERE business_id = %s AND key = %s LIMIT {limit}) AS one"""


def sharing(
    *, business_id: UUID, keys: Sequence[int], but: UUID | None = None
) -> tuple[dict[UUID, list[KeyKind]], dict[int, int]]:
    """Return the cards of the business that have some of the keys, each with the kinds in common, and who many.

    The second mapping says how many cards have each key (the card ``but`` among them), at most one more than
    ``STOP``; cards that have only such a key in common are not returned. One statement; each key is looked up in the
    index alone.
    """
    of_all, own = tenant_filter()
    if not keys or not (of_all or own == business_id):
        return {}, {}
    statement = " UNION ALL ".join([_ONE.format(limit=STOP + 1)] * len(keys))
    rows = read_rows(statement, [value for key in keys for value in (business_id, key)])
    holders: dict[int, list[UUID | str]] = {}
    for key, pk in rows:
        holders.setdefault(key, []).append(pk)
    found: dict[UUID, list[KeyKind]] = {}
    for key, cards in holders.items():
        if len(cards) <= STOP:
            for card in map(as_uuid, cards):
                found.setdefault(card, []).append(kind_of(key))
    if but is not None:
        found.pop(but, None)
    return found, {key: len(cards) for key, cards in holders.items()}
