"""Guards: what the database itself refuses, in one registry with a form for each engine.

A guard is a handful of CREATE statements (trigger, function, constraint, index). What they create is read from
them, so that the same text says what to build, what to drop and what to look for. Guards are put up after every
`migrate` (SQLite loses a table's triggers when it rebuilds the table) and looked for at every start.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from clientela.platform.database import is_postgresql

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_NAME: Final = r'"?(?P<name>\w+)"?'
_TABLE: Final = r'"?(?P<table>\w+)"?'
_CREATES: Final = (
    re.compile(
        rf"CREATE\s+(?:CONSTRAINT\s+)?(?P<kind>TRIGGER)\s+{_NAME}\s.*?\sON\s+{_TABLE}", re.IGNORECASE | re.DOTALL
    ),
    re.compile(rf"ALTER\s+TABLE\s+{_TABLE}\s+ADD\s+(?P<kind>CONSTRAINT)\s+{_NAME}", re.IGNORECASE | re.DOTALL),
    re.compile(
        rf"CREATE\s+(?:OR\s+REPLACE\s+)?(?P<kind>FUNCTION)\s+{_NAME}\s*\(\s*\)", re.IGNORECASE | re.DOTALL
    ),
    re.compile(rf"CREATE\s+(?:UNIQUE\s+)?(?P<kind>INDEX)\s+{_NAME}\s+ON\s+{_TABLE}", re.IGNORECASE | re.DOTALL),
    re.compile(rf"CREATE\s+(?P<kind>EXTENSION)\s+IF\s+NOT\s+EXISTS\s+{_NAME}", re.IGNORECASE | re.DOTALL),
)
_IDENTIFIER_LIMIT: Final = 63


class GuardError(ValueError):
    """A guard that the registry cannot read, build or find again."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """One object in the database that a guard consists of."""

    kind: Literal["trigger", "constraint", "function", "index", "extension"]
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

    def things(self, connection: BaseDatabaseWrapper) -> tuple[_Thing, ...]:
        """Return the objects that the statements for this engine create."""
        return self._things[is_postgresql(connection)]

    def needs(self, connection: BaseDatabaseWrapper) -> frozenset[str]:
        """Return the tables that must exist before this guard can."""
        return self.tables | {thing.table for thing in self.things(connection) if thing.table}

    def digest(self, connection: BaseDatabaseWrapper) -> str:
        """Return the digest of the statements, to notice that a new version changed them."""
        return hashlib.sha256("\n;\n".join(self.statements(connection)).encode()).hexdigest()

    @cached_property
    def _things(self) -> dict[bool, tuple[_Thing, ...]]:
        return {True: tuple(map(_read, self.postgresql)), False: tuple(map(_read, self.sqlite))}


_registry: dict[str, Guard] = {}


def register(guard: Guard) -> Guard:
    """Add a guard (replacing one of its name) and return it. Raises `GuardError` for statements it cannot read."""
    if not guard._things[True] and not guard._things[False]:  # noqa: SLF001 -- its own module
        message = f"guard {guard.name} has no statements"
        raise GuardError(message)
    _registry[guard.name] = guard
    return guard


def registered() -> tuple[Guard, ...]:
    """Return every guard, by name: those the apps registered and those derived from the tenants' tables."""
    from clientela.platform.tenant_guards import derived  # noqa: PLC0415 -- the models must be loaded first

    return tuple(sorted((*_registry.values(), *derived()), key=lambda guard: guard.name))


def install(using: str = DEFAULT_DB_ALIAS) -> int:
    """Put up every guard that is missing or outdated and whose tables exist; return how many. Safe to repeat.

    One transaction, so nobody ever sees a guard half built; a guard that stands as written is not touched, as
    rebuilding an exclusion constraint over years of bookings would take minutes.
    """
    from clientela.platform.models import InstalledGuard  # noqa: PLC0415 -- the models must be loaded first

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if InstalledGuard._meta.db_table not in tables:
        return 0
    built = 0
    with transaction.atomic(using=using):
        digests = dict(InstalledGuard.objects.using(using).values_list("name", "digest"))
        standing = _standing(connection)
        for guard in registered():
            if not guard.statements(connection) or not guard.needs(connection) <= tables:
                continue
            digest = guard.digest(connection)
            if digests.get(guard.name) == digest and standing.issuperset(guard.things(connection)):
                continue
            _drop(connection, guard)
            _create(connection, guard)
            InstalledGuard.objects.using(using).update_or_create(
                name=guard.name, defaults={"digest": digest}
            )
            built += 1
    return built


def verify(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are missing, disabled or of another version; empty when all stand."""
    from clientela.platform.models import InstalledGuard  # noqa: PLC0415 -- the models must be loaded first

    tables = set(connection.introspection.table_names())
    digests: dict[str, str] = {}
    if InstalledGuard._meta.db_table in tables:
        digests = dict(InstalledGuard.objects.using(connection.alias).values_list("name", "digest"))
    standing = _standing(connection)
    return [
        guard.name
        for guard in registered()
        if guard.statements(connection)
        and guard.needs(connection) <= tables
        and (
            digests.get(guard.name) != guard.digest(connection)
            or not standing.issuperset(guard.things(connection))
        )
    ]


@contextmanager
def taken_down(*names: str, why: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Take these guards down (all, if none is named) and put them up again afterwards.

    For emptying a whole database, and for the negative control of a test: the same attack must then succeed.
    """
    if not why.strip():
        message = "taking guards down needs its reason"
        raise GuardError(message)
    remove(*names, using=using)
    try:
        yield
    finally:
        install(using)


def remove(*names: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Take these guards down (all, if none is named) until the next `install`."""
    from clientela.platform.models import InstalledGuard  # noqa: PLC0415 -- the models must be loaded first

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=using):
        for guard in registered():
            if (not names or guard.name in names) and guard.needs(connection) <= tables:
                _drop(connection, guard)
                InstalledGuard.objects.using(using).filter(name=guard.name).delete()


def append_only(table: str) -> Guard:
    """Return a guard that refuses UPDATE, DELETE and TRUNCATE on the table."""
    refuse = _identifier(f"{table}_append_only")
    message = f"{table} is append-only"
    return Guard(
        name=f"append-only.{table}",
        postgresql=[
            _function(
                refuse,
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';",
            ),
            f"CREATE TRIGGER {refuse} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {refuse}()",
            f"CREATE TRIGGER {_identifier(refuse + '_all')} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}()",
        ],
        sqlite=[
            f"CREATE TRIGGER {_identifier(f'{refuse}_{verb.lower()}')} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for verb in ("UPDATE", "DELETE")
        ],
    )


def frozen(table: str, *columns: str) -> Guard:
    """Return a guard that refuses to change these columns of a row once it is written."""
    refuse = _identifier(f"{table}_frozen_{'_'.join(columns)}")
    message = f"{', '.join(columns)} of {table} cannot change"
    of = ", ".join(columns)
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    changed_lite = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    return Guard(
        name=f"frozen.{table}.{'-'.join(columns)}",
        postgresql=[
            _function(
                refuse,
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';",
            ),
            f"CREATE TRIGGER {refuse} BEFORE UPDATE OF {of} ON {table} FOR EACH ROW WHEN ({changed}) "
            f"EXECUTE FUNCTION {refuse}()",
        ],
        sqlite=[
            f"CREATE TRIGGER {refuse} BEFORE UPDATE OF {of} ON {table} WHEN {changed_lite} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ],
    )


def same_tenant(child_table: str, fk_column: str, parent_table: str) -> Guard:
    """Return a guard that refuses a child whose parent belongs to another business.

    A parent that is not there is the foreign key's matter. Pair it with `frozen(parent_table, "business_id")`.
    """
    refuse = _identifier(f"{child_table}_{fk_column}_tenant")
    message = f"{child_table}.{fk_column} belongs to another business"
    foreign = (
        f"EXISTS (SELECT 1 FROM {parent_table} AS parent WHERE parent.id = NEW.{fk_column} "
        "AND parent.business_id <> NEW.business_id)"
    )
    return _row_check(
        name=f"same-tenant.{child_table}.{fk_column}",
        refuse=refuse,
        table=child_table,
        columns=(fk_column, "business_id"),
        wrong=foreign,
        message=message,
        tables=frozenset({parent_table}),
    )


def same_tenant_link(
    *, table: str, left_column: str, left_table: str, right_column: str, right_table: str
) -> Guard:
    """Return a guard that refuses a link (many-to-many row) between rows of two businesses."""
    foreign = (
        f"(SELECT business_id FROM {left_table} WHERE id = NEW.{left_column}) <> "
        f"(SELECT business_id FROM {right_table} WHERE id = NEW.{right_column})"
    )
    return _row_check(
        name=f"same-tenant.{table}",
        refuse=_identifier(f"{table}_tenant"),
        table=table,
        columns=(left_column, right_column),
        wrong=foreign,
        message=f"{table} would join two businesses",
        tables=frozenset({left_table, right_table}),
    )


def _row_check(
    *,
    name: str,
    refuse: str,
    table: str,
    columns: tuple[str, ...],
    wrong: str,
    message: str,
    tables: frozenset[str],
) -> Guard:
    of = ", ".join(columns)
    insert, update = _identifier(f"{refuse}_insert"), _identifier(f"{refuse}_update")
    raising = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    return Guard(
        name=name,
        tables=tables,
        postgresql=[
            _function(refuse, f"IF {wrong} THEN {raising} END IF; RETURN NEW;"),
            f"CREATE TRIGGER {refuse} BEFORE INSERT OR UPDATE OF {of} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {refuse}()",
        ],
        sqlite=[
            f"CREATE TRIGGER {insert} BEFORE INSERT ON {table} WHEN {wrong} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            f"CREATE TRIGGER {update} BEFORE UPDATE OF {of} ON {table} WHEN {wrong} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ],
    )


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$"


def _identifier(name: str) -> str:
    """Shorten a name to what PostgreSQL keeps of it, without two long names becoming one."""
    if len(name) <= _IDENTIFIER_LIMIT:
        return name
    return f"{name[: _IDENTIFIER_LIMIT - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _read(statement: str) -> _Thing:
    for pattern in _CREATES:
        found = pattern.match(statement.strip())
        if found:
            parts = found.groupdict()
            kind = parts["kind"].lower()
            table = parts.get("table") or ""
            return _Thing(kind, parts["name"].lower(), table.lower())
    message = f"a guard creates triggers, functions without arguments, constraints or indexes, not: {statement!r}"
    raise GuardError(message)


def _create(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    with connection.cursor() as cursor:
        for statement in guard.statements(connection):
            cursor.execute(statement)


def _drop(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    """Drop what the guard's statements create, last first; an extension stays, others may use it."""
    postgresql = is_postgresql(connection)
    with connection.cursor() as cursor:
        for thing in reversed(guard.things(connection)):
            if thing.kind == "trigger":
                cursor.execute(
                    f"DROP TRIGGER IF EXISTS {thing.name}"
                    + (f" ON {thing.table}" if postgresql else "")
                )
            elif thing.kind == "constraint":
                cursor.execute(f"ALTER TABLE {thing.table} DROP CONSTRAINT IF EXISTS {thing.name}")
            elif thing.kind == "function":
                cursor.execute(f"DROP FUNCTION IF EXISTS {thing.name}()")
            elif thing.kind == "index":
                cursor.execute(f"DROP INDEX IF EXISTS {thing.name}")


def _standing(connection: BaseDatabaseWrapper) -> set[_Thing]:
    """Return every object of our kinds that stands in the database; a disabled trigger does not stand."""
    query = _POSTGRESQL_CATALOGUE if is_postgresql(connection) else _SQLITE_CATALOGUE
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {
            _Thing(kind, name.lower(), (table or "").lower())
            for kind, name, table in cursor.fetchall()
        }


_SQLITE_CATALOGUE: Final = (
    "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('trigger', 'index')"
)
_POSTGRESQL_CATALOGUE: Final = """
SELECT 'trigger', t.tgname, c.relname
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname = ANY (current_schemas(false))
UNION ALL
SELECT 'constraint', k.conname, c.relname
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ANY (current_schemas(false))
UNION ALL
SELECT 'function', p.proname, ''
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = ANY (current_schemas(false))
UNION ALL
SELECT 'index', i.indexname, i.tablename FROM pg_indexes i WHERE i.schemaname = ANY (current_schemas(false))
UNION ALL
SELECT 'extension', e.extname, '' FROM pg_extension e
"""
