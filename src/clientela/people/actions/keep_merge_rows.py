"""Write down what a merge changes, by the thousand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connections, router

from clientela.people.models import Merge, MergeRow
from clientela.platform.database import is_postgresql
from clientela.platform.ids import uuid7

_LITE: Final = (
    "INSERT INTO people_mergerow "
    "(id, business_id, merge_id, of_table, row_id, of_column, value_before, value_after) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
_POSTGRES: Final = (
    "INSERT INTO people_mergerow "
    "(id, business_id, merge_id, of_table, row_id, of_column, value_before, value_after) "
    "SELECT pair.id, %s, %s, %s, pair.row_id, %s, %s, %s "
    "FROM unnest(%s::uuid[], %s::uuid[]) AS pair(id, row_id)"
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One column of one row, before and after."""

    table: str
    row_id: UUID
    column: str
    before: object
    after: object


def keep_moved(
    *,
    merge: Merge,
    table: str,
    column: str,
    ids: Collection[UUID | str],
    before: UUID,
    after: UUID,
) -> None:
    """Write that ``column`` of these rows led to ``before`` and leads to ``after``; the caller's transaction.

    One statement beside the ORM, which would build and check each row: a card may have ten thousand.
    """
    if not ids:
        return
    connection = connections[router.db_for_write(MergeRow)]
    values = (table, column, str(before), str(after))
    with connection.cursor() as cursor:
        if is_postgresql(connection):
            new = [uuid7() for _ in ids]
            cursor.execute(_POSTGRES, [merge.business_id, merge.pk, *values, new, list(ids)])
            return
        business, merged = merge.business_id.hex, merge.pk.hex
        cursor.executemany(
            _LITE,
            [
                (uuid7().hex, business, merged, table, as_uuid_text(one), column, *values[2:])
                for one in ids
            ],
        )


def as_uuid_text(key: UUID | str) -> str:
    """Return an id in the text in which SQLite keeps it."""
    return key if isinstance(key, str) else key.hex


def keep_changed(*, merge: Merge, changed: Collection[Changed]) -> None:
    """Write the values of single rows that the merge changed; the caller's transaction."""
    MergeRow.objects.bulk_create(
        MergeRow(
            business_id=merge.business_id,
            merge=merge,
            of_table=one.table,
            row_id=one.row_id,
            of_column=one.column,
            value_before=as_text(one.before),
            value_after=as_text(one.after),
        )
        for one in changed
    )


def as_text(value: object) -> str:
    """Return a value as a merge keeps it: blank for nothing, ``true`` and ``false``, days as ISO 8601."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
