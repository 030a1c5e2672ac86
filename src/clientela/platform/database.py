"""How we speak to the two databases: options, boot advice, and the demand for a transaction."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

# SQLite's write-ahead log could lose a commit when two connections reset it at once; repaired in this version.
WAL_SAFE_SINCE: Final = (3, 51, 3)
LOCK_WAIT_SECONDS: Final = 20


def database_settings(url: str, *, default_path: Path) -> dict[str, Any]:
    """Return Django's settings for the database named by `url`, or for SQLite at `default_path` without one.

    Understood: `postgresql://user:password@host:port/name?option=value` (a host that begins with `/`, written
    `%2F`, is a socket folder) and `sqlite:///absolute/path`. Anything else is refused.
    """
    if not url:
        return _sqlite_settings(default_path)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite_settings(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        message = (
            "CLIENTELA_DATABASE_URL begins with postgresql:// or sqlite:/// and names a database."
        )
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Only `read_rows` below prepares statements; the ORM's own cursors never do.
        "OPTIONS": {"prepare_threshold": 5, **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite_settings(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": sqlite_options(),
        "CONN_MAX_AGE": 600,
    }


class OutsideTransactionError(RuntimeError):
    """Something that must commit together with its cause was called outside `transaction.atomic()`."""


def sqlite_journal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe with this SQLite: `WAL` where repaired, else `TRUNCATE`."""
    return "WAL" if version >= WAL_SAFE_SINCE else "TRUNCATE"


def sqlite_options(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> dict[str, Any]:
    """Return Django's `OPTIONS` for SQLite. Pure.

    IMMEDIATE: a transaction takes the write lock when it begins, so that check-then-insert is one step and
    nobody dies of a lock upgrade. FULL: an acknowledged booking survives a power cut.
    """
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_WAIT_SECONDS,
        "init_command": (
            f"PRAGMA journal_mode={sqlite_journal(version)}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }


def sqlite_advice(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """Say in one sentence which journal is used and why; empty when there is nothing to say. Pure."""
    if version >= WAL_SAFE_SINCE:
        return ""
    found = ".".join(str(part) for part in version)
    safe = ".".join(str(part) for part in WAL_SAFE_SINCE)
    return (
        f"SQLite {found} can lose a commit in write-ahead mode (repaired in {safe}), "
        "so the rollback journal is used: readers wait for writers. Nothing is lost."
    )


def in_transaction(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether a transaction of the program is open; the one a test case wraps around itself does not count."""
    # Django's own check of a durable transaction reads the same mark.
    blocks = connections[using].atomic_blocks
    return any(not getattr(block, "_from_testcase", False) for block in blocks)


def require_transaction(what: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise `OutsideTransactionError` unless the caller's own transaction is open."""
    if not in_transaction(using):
        message = (
            f"{what} belongs to the transaction of its cause: wrap both in transaction.atomic()."
        )
        raise OutsideTransactionError(message)


def is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    """Whether this connection speaks to PostgreSQL (the other choice is SQLite)."""
    return connection.vendor == "postgresql"


def read_rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a fixed SELECT and return its rows: for the few paths where the ORM costs more than the answer.

    On PostgreSQL the statement is planned once per connection and bytes travel as bytes. UUIDs are
    given as UUIDs and come back as the engine keeps them (`as_uuid`). Nothing of a request may enter the text.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not is_postgresql(connection):
        plain = [value.hex if isinstance(value, UUID) else value for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(statement, plain)
            return list(cursor.fetchall())
    from psycopg import Cursor  # noqa: PLC0415 -- slow import, not needed on SQLite

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, binary=True)
        if connection.queries_logged:  # whoever counts statements counts these as well
            connection.queries_log.append({"sql": statement, "time": ""})
        return list(cursor.fetchall())


def as_uuid(value: UUID | str) -> UUID:
    """Return an id that `read_rows` gave, whichever way the engine keeps it."""
    return value if isinstance(value, UUID) else UUID(value)
