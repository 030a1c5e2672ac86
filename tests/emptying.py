# ruff: noqa: S608 -- every name in a statement is one of our own tables
"""Empties the database after a test that committed: at a tenth of what `flush` costs, and the same in the end.

`flush` takes every guard down and puts all of them up again, empties well over a hundred tables of which a test wrote
to a dozen, and writes Django's own list of permissions anew. Here only tables with rows in them are emptied, beneath
their guards; what `migrate` left in three tables, and no test changes, stays. Where a guard is missing afterwards the
test took it down: then the database is flushed after all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.management import call_command
from django.db import connections, transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

STAY: Final = frozenset({"django_content_type", "auth_permission", "platform_installedguard"})


def command(name: str, *arguments: Any, **options: Any) -> Any:
    """Stand where Django's test case calls a command: empty the database where it would flush it."""
    if name == "flush" and emptied(connections[options["database"]]):
        return None
    return call_command(name, *arguments, **options)


def emptied(connection: BaseDatabaseWrapper) -> bool:
    """Remove every row of every table but of those that stay; say whether all guards stand."""
    from clientela.platform import guards  # noqa: PLC0415 -- after Django's set-up

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        full = full_tables(connection, cursor)
        if full and connection.vendor == "postgresql":
            # Neither guards nor references are asked while it lasts.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in full))
        elif full:
            _empty_sqlite(cursor, full)
    return guards.verify(connection) == []


def full_tables(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> list[str]:
    """Return the tables that have a row, but for those that stay."""
    ours = set(connection.introspection.django_table_names(only_existing=True)) - STAY
    found = []
    for some in _at_most(
        100, sorted(ours)
    ):  # SQLite takes no more in one statement than some hundreds
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in some)
        cursor.execute(" UNION ALL ".join(asked))
        found += [row[0] for row in cursor.fetchall()]
    return found


def _empty_sqlite(cursor: CursorWrapper, full: list[str]) -> None:
    """Empty these tables while their guards are away; all of it in one transaction, as references are deferred."""
    places = ", ".join(["%s"] * len(full))
    cursor.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({places})",
        full,
    )
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    for table in full:
        cursor.execute(f'DELETE FROM "{table}"')
    for _, sql in triggers:
        cursor.execute(sql)


def _at_most(count: int, names: list[str]) -> list[list[str]]:
    return [names[start : start + count] for start in range(0, len(names), count)]
