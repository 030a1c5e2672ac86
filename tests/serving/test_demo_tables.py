"""The tables of a demo, made in one go, are those that `migrate` makes step by step."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from tests.kit import template

from clientela.platform import guards
from clientela.serving.demo_tables import make_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = [pytest.mark.nodb, pytest.mark.sqlite]  # a demo lives there

NAMELESS = {"applied", "id", "content_type_id"}
"""Columns whose values tell when a row was written, or in which order."""


@contextmanager
def speaking_to(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """Let Django's own connection speak to this file, as a process of its own would."""
    connection = connections["default"]
    settings = {**connection.settings_dict, "NAME": str(file)}
    connections["default"] = type(connection)(settings, "default")
    try:
        yield connections["default"]
    finally:
        connections["default"].close()
        connections["default"] = connection


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    file: Path = tmp_path_factory.mktemp("demo") / "made.sqlite3"
    with django_db_blocker.unblock(), speaking_to(file):
        make_tables()
    return file


def definitions(statement: str) -> list[str]:
    """Return the columns and constraints of a CREATE TABLE, each as it is written, in an order of their own."""
    found, depth, quote = [""], 0, ""
    for letter in statement[statement.index("(") + 1 : statement.rindex(")")]:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += {"(": 1, ")": -1}.get(letter, 0)
            if letter == "," and not depth:
                found.append("")
                continue
        found[-1] += letter
    return sorted(one.strip() for one in found)


def everything(file: Path) -> dict[tuple[str, str], Any]:
    """Return every table, index and trigger of a database, and of every table its rows."""
    with closing(sqlite3.connect(file)) as database:
        things: dict[tuple[str, str], Any] = {}
        for kind, name, sql in database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name != 'sqlite_sequence'"
        ):
            things[kind, name] = definitions(sql) if kind == "table" else sql
        for _, table in [key for key in things if key[0] == "table"]:
            columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')}
            told = ", ".join(f'"{one}"' for one in sorted(columns - NAMELESS)) or "NULL"
            things["rows", table] = sorted(
                map(repr, database.execute(f'SELECT {told} FROM "{table}"'))  # noqa: S608 -- its own names
            )
    return things


@pytest.mark.req("B10")
def test_they_are_what_migrate_makes_guards_and_noted_migrations_included(made) -> None:
    stepwise, at_once = everything(template.sqlite_file()), everything(made)
    differ = sorted(key for key in stepwise | at_once if stepwise.get(key) != at_once.get(key))
    assert differ == []
    assert sum(kind == "trigger" for kind, _ in at_once) > 100
    assert at_once["rows", "django_migrations"]


def test_a_table_a_guard_or_a_note_that_differs_would_be_seen(made, tmp_path) -> None:
    spoilt = tmp_path / "spoilt.sqlite3"
    before = everything(made)
    trigger = next(name for kind, name in before if kind == "trigger")
    for harm, key in (
        (f'DROP TRIGGER "{trigger}"', ("trigger", trigger)),
        ("ALTER TABLE people_client ADD COLUMN more integer NULL", ("table", "people_client")),
        ("DELETE FROM django_migrations WHERE app = 'people'", ("rows", "django_migrations")),
    ):
        shutil.copy(made, spoilt)
        with closing(sqlite3.connect(spoilt)) as database:
            database.execute(harm)
            database.commit()
        after = everything(spoilt)
        assert before[key] != after.get(key)


def test_a_demo_that_is_kept_is_migrated_on(made, django_db_blocker) -> None:
    with django_db_blocker.unblock(), speaking_to(made) as connection:
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        assert guards.verify(connection) == []
        call_command("migrate", interactive=False, verbosity=0)
