"""The guards that are needed again and again, ready to register: append-only, frozen columns, one tenant."""

from __future__ import annotations

import hashlib
from typing import Final

from clientela.platform.guard import Guard

_IDENTIFIER_LIMIT: Final = 63  # PostgreSQL cuts longer names off without a word


def append_only(table: str) -> Guard:
    """Return a guard that refuses UPDATE, DELETE and TRUNCATE on the table."""
    refuse = _identifier(f"{table}_append_only")
    message = f"{table} is append-only"
    return Guard(
        name=f"append-only.{table}",
        postgresql=[
            _function(refuse, _raising(message)),
            _trigger(refuse, f"UPDATE OR DELETE ON {table}"),
            f"CREATE TRIGGER {_identifier(refuse + '_all')} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}()",
        ],
        sqlite=[
            _trigger_lite(_identifier(f"{refuse}_{verb.lower()}"), f"{verb} ON {table}", message)
            for verb in ("UPDATE", "DELETE")
        ],
    )


def append_only_but_for(table: str, *, blankable: str, kept: tuple[str, ...]) -> Guard:
    """Return a guard like ``append_only``, except that one column of text may be emptied: never rewritten.

    `kept` names every other column of the table. For free text about people, who may have it forgotten.
    """
    refuse = _identifier(f"{table}_append_only")
    blank = _identifier(f"{table}_only_blanked_{blankable}")
    message = f"{table} is append-only"
    changes, removes = f"UPDATE OF {', '.join(kept)} ON {table}", f"DELETE ON {table}"
    rewrites, rewritten = f"UPDATE OF {blankable} ON {table}", f"NEW.{blankable} <> ''"
    return Guard(
        name=f"append-only.{table}",
        postgresql=[
            _function(refuse, _raising(message)),
            _trigger(refuse, f"{changes.removesuffix(f' ON {table}')} OR {removes}"),
            f"CREATE TRIGGER {_identifier(refuse + '_all')} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}()",
            _function(blank, _raising(message)),
            _trigger(blank, rewrites, f"WHEN ({rewritten})"),
        ],
        sqlite=[
            _trigger_lite(_identifier(f"{refuse}_update"), changes, message),
            _trigger_lite(_identifier(f"{refuse}_delete"), removes, message),
            _trigger_lite(blank, f"{rewrites} WHEN {rewritten}", message),
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
            _function(refuse, _raising(message)),
            _trigger(refuse, f"UPDATE OF {of} ON {table}", f"WHEN ({changed})"),
        ],
        sqlite=[_trigger_lite(refuse, f"UPDATE OF {of} ON {table} WHEN {changed_lite}", message)],
    )


def same_tenant(child_table: str, fk_column: str, parent_table: str) -> Guard:
    """Return a guard that refuses a child whose parent belongs to another business.

    A parent that is not there is the foreign key's matter. Pair it with `frozen(parent_table, "business_id")`.
    """
    refuse = _identifier(f"{child_table}_{fk_column}_tenant")
    message = f"{child_table}.{fk_column} belongs to another business"
    foreign = (
        f"EXISTS (SELECT 1 FROM {parent_table} AS parent WHERE parent.id = NEW.{fk_column} "  # noqa: S608 -- names of our own tables
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
        f"(SELECT business_id FROM {left_table} WHERE id = NEW.{left_column}) <> "  # noqa: S608 -- names of our own tables
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
    return Guard(
        name=name,
        tables=tables,
        postgresql=[
            _function(refuse, f"IF {wrong} THEN {_raising(message)} END IF; RETURN NEW;"),
            _trigger(refuse, f"INSERT OR UPDATE OF {of} ON {table}"),
        ],
        sqlite=[
            _trigger_lite(insert, f"INSERT ON {table} WHEN {wrong}", message),
            _trigger_lite(update, f"UPDATE OF {of} ON {table} WHEN {wrong}", message),
        ],
    )


def _raising(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"


def _trigger(name: str, moment: str, when: str = "") -> str:
    """Return PostgreSQL's trigger that calls the function of its own name."""
    return f"CREATE TRIGGER {name} BEFORE {moment} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"


def _trigger_lite(name: str, moment: str, message: str) -> str:
    """Return SQLite's trigger that refuses with the message."""
    return f"CREATE TRIGGER {name} BEFORE {moment} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$"


def _identifier(name: str) -> str:
    """Shorten a name to what PostgreSQL keeps of it, without two long names becoming one."""
    if len(name) <= _IDENTIFIER_LIMIT:
        return name
    return f"{name[: _IDENTIFIER_LIMIT - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
