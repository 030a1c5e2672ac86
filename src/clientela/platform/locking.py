"""Locks for scarce things: taken in one order, held until the transaction ends."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

from clientela.platform.database import is_postgresql, require_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable


def lock(*, keys: Iterable[str | UUID], using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait until these keys are ours until the transaction ends. What was read before is a hint, not a fact.

    PostgreSQL takes advisory locks in sorted order, so two callers never wait for each other in a ring.
    SQLite has one writer at a time: there the transaction must have begun IMMEDIATE, which is checked.
    Raises outside a transaction.
    """
    require_transaction("locking", using)
    connection = connections[using]
    if not is_postgresql(connection):
        if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
            message = "SQLite must run with transaction_mode IMMEDIATE (clientela.platform.database.sqlite_options)."
            raise ImproperlyConfigured(message)
        return
    numbers = numbers_of(keys)
    if numbers:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(k) FROM unnest(%s::bigint[]) AS k", [numbers]
            )
            cursor.fetchall()


def numbers_of(keys: Iterable[str | UUID]) -> list[int]:
    """Return the numbers by which PostgreSQL locks these keys, in the one order in which they are taken."""
    return sorted({_number(key) for key in keys})


def _number(key: str | UUID) -> int:
    """Return the 64-bit number of a key; two keys with one number would only wait for each other needlessly."""
    return int.from_bytes(hashlib.sha256(str(key).encode()).digest()[:8], signed=True)
