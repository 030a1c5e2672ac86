"""A database to be audited: SQLite or PostgreSQL, behind a few questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

Engine = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: ``table.column`` points at ``parent.parent_column``."""

    table: str
    column: str
    parent: str
    parent_column: str


class Source:
    """One open database. Instants are asked for as seconds since 1970, on both engines alike."""

    def __init__(self, engine: Engine, connection: Any) -> None:  # noqa: ANN401 -- two drivers, one shape
        """Keep the connection, which is only read."""
        self.engine: Engine = engine
        self._connection = connection

    def rows(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a SELECT, in batches, so that memory stays small."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql)
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            cursor.close()

    def seconds(self, column: str) -> str:
        """Return the SQL for an instant as whole seconds since 1970 (UTC)."""
        if self.engine == "sqlite":
            return f"CAST(strftime('%s', {column}) AS INTEGER)"
        return f"CAST(EXTRACT(EPOCH FROM {column}) AS BIGINT)"

    def id_text(self, column: str) -> str:
        """Return the SQL for an id as people write it: 32 small hex digits in five groups."""
        if self.engine == "sqlite":
            groups = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
            return " || '-' || ".join(f"substr({column}, {at}, {long})" for at, long in groups)
        return f"CAST({column} AS TEXT)"

    def tables(self) -> list[str]:
        """Return the names of all tables of the application."""
        if self.engine == "sqlite":
            sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        else:
            sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        return [row[0] for row in self.rows(sql)]

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        if self.engine == "sqlite":
            return [row[1] for row in self.rows(f"PRAGMA table_info('{table}')")]
        return [
            row[0]
            for row in self.rows(
                "SELECT column_name FROM information_schema.columns "
                f"WHERE table_schema = current_schema() AND table_name = '{table}'"
            )
        ]

    def references(self) -> list[Reference]:
        """Return every foreign key the database itself knows."""
        if self.engine == "sqlite":
            return [
                Reference(table, row[3], row[2], row[4] or "id")
                for table in self.tables()
                for row in self.rows(f"PRAGMA foreign_key_list('{table}')")
            ]
        return [Reference(*row) for row in self.rows(_POSTGRESQL_REFERENCES)]


_POSTGRESQL_REFERENCES = """
SELECT child.relname, own.attname, parent.relname, theirs.attname
FROM pg_constraint c
JOIN pg_class child ON child.oid = c.conrelid
JOIN pg_class parent ON parent.oid = c.confrelid
JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = c.conkey[1]
JOIN pg_attribute theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = c.confkey[1]
WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
"""


@contextmanager
def opened(url: str) -> Iterator[Source]:
    """Open a database for reading only, in one snapshot: ``postgresql://…``, ``sqlite:///path`` or a path."""
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        import psycopg  # noqa: PLC0415 -- only an audit of PostgreSQL needs the driver

        with psycopg.connect(url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            connection.execute("SET TIME ZONE 'UTC'")
            yield Source("postgresql", connection)
        return
    path = "/" + unquote(parts.path).lstrip("/") if parts.scheme == "sqlite" else url
    lite = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    try:
        lite.execute("BEGIN")
        yield Source("sqlite", lite)
    finally:
        lite.close()
