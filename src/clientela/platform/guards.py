"""Guards: what the database itself refuses, in one registry with a form for each engine.

A guard is a handful of CREATE statements (trigger, function, constraint, index). What they create is read from
them, so that the same text says what to build, what to drop and what to look for. Guards are put up after every
`migrate` (SQLite loses a table's triggers when it rebuilds the table) and looked for at every start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from clientela.platform.database import is_postgresql
from clientela.platform.guard import Guard, GuardError, Thing
from clientela.platform.guard_forms import (
    append_only,
    append_only_but_for,
    frozen,
    same_tenant,
    same_tenant_link,
)

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = [
    "Guard",
    "GuardError",
    "append_only",
    "append_only_but_for",
    "frozen",
    "install",
    "register",
    "registered",
    "remove",
    "same_tenant",
    "same_tenant_link",
    "taken_down",
    "verify",
]

_registry: dict[str, Guard] = {}


def register(guard: Guard) -> Guard:
    """Add a guard (replacing one of its name) and return it. Raises `GuardError` for statements it cannot read."""
    if not guard.things_by_engine[True] and not guard.things_by_engine[False]:
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
    built = []
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
            built.append(InstalledGuard(name=guard.name, digest=digest))
        InstalledGuard.objects.using(using).bulk_create(
            built, update_conflicts=True, unique_fields=["name"], update_fields=["digest"]
        )
    return len(built)


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
    if InstalledGuard._meta.db_table not in tables:
        return
    chosen = [
        guard
        for guard in registered()
        if (not names or guard.name in names) and guard.needs(connection) <= tables
    ]
    with transaction.atomic(using=using):
        for guard in chosen:
            _drop(connection, guard)
        gone = [guard.name for guard in chosen]
        InstalledGuard.objects.using(using).filter(name__in=gone).delete()


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


def _standing(connection: BaseDatabaseWrapper) -> set[Thing]:
    """Return every object of our kinds that stands in the database; a disabled trigger does not stand."""
    query = _POSTGRESQL_CATALOGUE if is_postgresql(connection) else _SQLITE_CATALOGUE
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {
            Thing(kind, name.lower(), (table or "").lower())
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
