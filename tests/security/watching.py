"""What a request did to the database, and how to undo it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

_WRITE = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)


@contextmanager
def writes_seen() -> Iterator[list[str]]:
    """Collect the tables that are written while it lasts: the statement counts, not whether a value changed."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found:
            tables.append(found.group(2))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def undone() -> Iterator[None]:
    """Take back everything that is written while it lasts."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
