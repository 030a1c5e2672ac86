"""One guard: CREATE statements for each engine, and what can be read from them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from clientela.platform.database import is_postgresql

_NAME: Final = r'"?(?P<name>\w+)"?'
_TABLE: Final = r'"?(?P<table>\w+)"?'
_CREATES: Final = (
    re.compile(
        rf"CREATE\s+(?:CONSTRAINT\s+)?(?P<kind>TRIGGER)\s+{_NAME}\s.*?\sON\s+{_TABLE}",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"ALTER\s+TABLE\s+{_TABLE}\s+ADD\s+(?P<kind>CONSTRAINT)\s+{_NAME}",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"CREATE\s+(?:OR\s+REPLACE\s+)?(?P<kind>FUNCTION)\s+{_NAME}\s*\(\s*\)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"CREATE\s+(?:UNIQUE\s+)?(?P<kind>INDEX)\s+{_NAME}\s+ON\s+{_TABLE}",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"CREATE\s+(?P<kind>EXTENSION)\s+IF\s+NOT\s+EXISTS\s+{_NAME}", re.IGNORECASE | re.DOTALL
    ),
)


class GuardError(ValueError):
    """A guard that the registry cannot read, build or find again."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One object in the database that a guard consists of."""

    kind: str  # trigger, constraint, function, index or extension
    name: str
    table: str = ""


@dataclass(frozen=True)
class Guard:
    """One refusal, as CREATE statements for each engine; an engine without statements has no such guard.

    `tables` are those that must exist before it can be put up (default: those its statements name).
    """

    name: str
    postgresql: Sequence[str] = ()
    sqlite: Sequence[str] = ()
    tables: frozenset[str] = field(default_factory=frozenset)

    def statements(self, connection: BaseDatabaseWrapper) -> Sequence[str]:
        """Return the CREATE statements for this engine."""
        return self.postgresql if is_postgresql(connection) else self.sqlite

    def things(self, connection: BaseDatabaseWrapper) -> tuple[Thing, ...]:
        """Return the objects that the statements for this engine create."""
        return self.things_by_engine[is_postgresql(connection)]

    def needs(self, connection: BaseDatabaseWrapper) -> frozenset[str]:
        """Return the tables that must exist before this guard can."""
        return self.tables | {thing.table for thing in self.things(connection) if thing.table}

    def digest(self, connection: BaseDatabaseWrapper) -> str:
        """Return the digest of the statements, to notice that a new version changed them."""
        return hashlib.sha256("\n;\n".join(self.statements(connection)).encode()).hexdigest()

    @cached_property
    def things_by_engine(self) -> dict[bool, tuple[Thing, ...]]:
        """Return what the statements create, for PostgreSQL (True) and SQLite (False)."""
        return {True: tuple(map(_read, self.postgresql)), False: tuple(map(_read, self.sqlite))}


def _read(statement: str) -> Thing:
    for pattern in _CREATES:
        found = pattern.match(statement.strip())
        if found:
            parts = found.groupdict()
            return Thing(
                kind=parts["kind"].lower(),
                name=parts["name"].lower(),
                table=(parts.get("table") or "").lower(),
            )
    message = f"a guard creates triggers, functions without arguments, constraints or indexes, not: {statement!r}"
    raise GuardError(message)
