"""Keep what cards are found by when duplicates are looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import connections, router
from django.db.models import Q

from clientela.people.match_hash import KEYED, key_numbers
from clientela.people.models import Client, ClientKey, Suggestion
from clientela.people.queries.match_cards import facts_with, match_cards
from clientela.platform.database import as_uuid, is_postgresql, read_rows, require_transaction
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import tenant_filter
from clientela.rules.client_match import MatchCard, read_card

_FEW: Final = 32
_LITE: Final = (
    "INSERT INTO people_clientkey (id, business_id, client_id, key) VALUES (%s, %s, %s, %s)"
)
_POSTGRES: Final = """
INSERT INTO people_clientkey (id, business_id, client_id, key)
SELECT one.id, %s, one.client_id, one.key
  FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS one(id, client_id, key)
"""
# Every change of a card asks these, so they go past the ORM.
_STANDING: Final = """
SELECT id, client_id, key FROM people_clientkey
 WHERE (%s OR business_id = %s) AND client_id IN ({marks})
"""
_STALE: Final = "DELETE FROM people_clientkey WHERE (%s OR business_id = %s) AND id IN ({marks})"
_DUE: Final = """
UPDATE people_client SET compared_version = %s
 WHERE (%s OR business_id = %s) AND id IN ({marks})
"""


def refresh_keys(*, clients: Iterable[Client]) -> None:
    """Write the keys of cards again, after what they say of their person changed; the caller's transaction.

    The worker then holds them beside the others. A card that no longer stands for anybody loses its keys and the
    suggestions it is in. Five statements at the most, however many cards there are; all are of one business.
    """
    require_transaction("refreshing keys")
    by_id = {card.pk: card for card in clients}
    living = match_cards(ids=by_id)
    if living:
        business_id = next(iter(by_id.values())).business_id
        keep_keys(cards=living, business_id=business_id)
        _run(_DUE, [KEYED], ids=living)
    forget_likeness(ids=by_id.keys() - living.keys())


def keep_keys(*, cards: Mapping[UUID, MatchCard], business_id: UUID) -> dict[UUID, list[int]]:
    """Let exactly the keys of these cards stand, in the caller's transaction; return them.

    Those that stand already are left alone. Three statements at the most.
    """
    wanted = {pk: list(key_numbers(card, business_id=business_id)) for pk, card in cards.items()}
    rows = read_rows(_STANDING.format(marks=_marks(cards)), [*tenant_filter(), *cards])
    standing = {(as_uuid(pk), key): as_uuid(row) for row, pk, key in rows}
    missing = {(pk, key) for pk, keys in wanted.items() for key in keys} - standing.keys()
    _run(_STALE, [], ids=[row for (pk, key), row in standing.items() if key not in wanted[pk]])
    _insert(missing, business_id=business_id)
    return wanted


def keep_new_keys(*, client: Client, contacts: Iterable[tuple[str, str]]) -> None:
    """Write the keys of a card that was made just now, with these kinds and values of contacts: one statement."""
    facts = facts_with(client=client, contacts=contacts)
    keys = key_numbers(read_card(facts, country=""), business_id=client.business_id)
    _insert({(client.pk, key) for key in keys}, business_id=client.business_id)


def forget_likeness(*, ids: Iterable[UUID]) -> None:
    """Take away the keys and the suggestions of cards that stand for nobody any more; the caller's transaction."""
    gone = list(ids)
    if gone:
        ClientKey.objects.filter(client__in=gone).delete()
        Suggestion.objects.filter(Q(first__in=gone) | Q(second__in=gone)).delete()


def _run(statement: str, values: Sequence[int], *, ids: Collection[UUID]) -> None:
    """Run a statement about rows of the scope that are named by their ids; nothing, if none is."""
    if not ids:
        return
    connection = connections[router.db_for_write(ClientKey)]
    given: list[int | str | UUID | None] = [*values, *tenant_filter(), *ids]
    if not is_postgresql(connection):
        given = [value.hex if isinstance(value, UUID) else value for value in given]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(marks=_marks(ids)), given)


def _marks(ids: Collection[UUID]) -> str:
    return ", ".join(["%s"] * len(ids))


def _insert(keys: Iterable[tuple[UUID, int]], *, business_id: UUID) -> None:
    """Insert past the ORM, which would build and check each row: a file brings seven million."""
    rows = list(keys)
    if not rows:
        return
    connection = connections[router.db_for_write(ClientKey)]
    with connection.cursor() as cursor:
        if is_postgresql(connection):
            ids = [uuid7() for _ in rows]
            cards, numbers = zip(*rows, strict=True)
            cursor.execute(_POSTGRES, [business_id, ids, list(cards), list(numbers)])
        elif len(rows) <= _FEW:
            values = [
                value for pk, key in rows for value in (uuid7().hex, business_id.hex, pk.hex, key)
            ]
            cursor.execute(_LITE + ", (%s, %s, %s, %s)" * (len(rows) - 1), values)
        else:
            business = business_id.hex
            cursor.executemany(_LITE, [(uuid7().hex, business, pk.hex, key) for pk, key in rows])
