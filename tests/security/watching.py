"""What a request did to the database, and how to undo it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict

_READ = re.compile(
    r"^\s*(SELECT\b(?!.*\bINTO\b)|SAVEPOINT|RELEASE|ROLLBACK)", re.IGNORECASE | re.DOTALL
)
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


@cache
def every_table() -> tuple[str, ...]:
    """The names of all tables; asking for them costs more than most requests do."""
    return tuple(connection.introspection.table_names())


@contextmanager
def tables_touched() -> Iterator[set[str]]:
    """Collect the tables that are named by any statement but a plain reading one, however it is written."""
    tables: set[str] = set()
    known = every_table()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _READ.match(sql):
            tables.update(name for name in known if name in sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def fields_read() -> Iterator[set[str]]:
    """Collect the names under which anything is looked up in a query or a form; "*" where all of it is."""
    names: set[str] = set()

    def one(method: Any) -> Any:
        def looked_up(self: QueryDict, name: str, *rest: Any, **named: Any) -> Any:
            names.add(name)
            return method(self, name, *rest, **named)

        return looked_up

    def all_of_it(method: Any) -> Any:
        def looked_through(self: QueryDict, *rest: Any, **named: Any) -> Any:
            names.add("*")
            return method(self, *rest, **named)

        return looked_through

    def filled(self: QueryDict, *rest: Any, **named: Any) -> None:
        before = set(names)
        fill(self, *rest, **named)
        names.intersection_update(before)  # what filling it looks up, nobody has read

    fill = QueryDict.__init__
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QueryDict, "__init__", filled)
        for word in ("get", "getlist", "pop", "__getitem__", "__contains__"):
            patched.setattr(QueryDict, word, one(getattr(QueryDict, word)))
        for word in (
            "__iter__", "__len__", "__copy__", "__deepcopy__", "keys", "values", "items", "lists", "dict", "copy",
            "urlencode",
        ):  # fmt: skip
            patched.setattr(QueryDict, word, all_of_it(getattr(QueryDict, word)))
        yield names


@contextmanager
def undone() -> Iterator[None]:
    """Take back everything that is written while it lasts."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
