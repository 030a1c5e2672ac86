"""A world that is sound, and a way of breaking it behind everybody's back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.platform.installations import Installed


@dataclass(frozen=True)
class World:
    """One copy of the world, and the address of its database."""

    installed: Installed

    @property
    def url(self) -> str:
        return self.installed.url or f"sqlite://{self.installed.folder / 'clientela.sqlite3'}"

    def break_by(self, *statements: str) -> None:
        """Run SQL as a fault would strike: no guard, no constraint and no foreign key is asked."""
        if self.installed.url:
            self._break_postgresql(statements)
        else:
            self._break_sqlite(statements)

    def _break_sqlite(self, statements: tuple[str, ...]) -> None:
        file = sqlite3.connect(self.installed.folder / "clientela.sqlite3")
        with file:
            file.execute("PRAGMA ignore_check_constraints = ON")
            for (name,) in file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                file.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                file.execute(statement)
        file.close()

    def _break_postgresql(self, statements: tuple[str, ...]) -> None:
        import psycopg  # noqa: PLC0415 -- only a run with PostgreSQL needs the driver

        with psycopg.connect(self.installed.url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            found = connection.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'x') "
                "AND connamespace = 'public'::regnamespace"
            ).fetchall()
            for table, name in found:
                connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
            for statement in statements:
                connection.execute(statement.encode())


@pytest.fixture(scope="session")
def sound_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world before anything happened to it."""
    installed = Installed.migrated(tmp_path_factory.mktemp("audited"))
    installed.run("-m", "tests.auditor.world")
    return World(installed)


@pytest.fixture
def world(sound_world: World, tmp_path: Path) -> World:
    """A copy, to be broken."""
    return World(sound_world.installed.copy(tmp_path / "copy"))
