"""One migrated, empty database of each engine, made once in a run and copied by whoever needs one.

`migrate` takes seconds and always ends the same way, so the test database of every worker and every
installation with processes of its own begins as a copy. It is made by `manage migrate` itself.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from clientela.platform.ids import uuid7

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "CLIENTELA_TEST_TEMPLATES"
"""The variable by which workers, and both passes of `make test`, share what was made."""


def share() -> None:
    """Let the templates live until this process ends; a process below one that shares already does nothing."""
    if FOLDER in os.environ:
        return
    folder = tempfile.mkdtemp(prefix="clientela-templates-")
    os.environ[FOLDER] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def sqlite_file() -> Path:
    """Return the migrated SQLite file; it is for copying, never for writing."""
    with _alone("sqlite") as folder:
        made = folder / "made.sqlite3"
        if not made.exists():
            _migrate(folder, url="")
            file = folder / "clientela.sqlite3"
            with closing(sqlite3.connect(file)) as database:
                # A copy of the file alone is whole, and may be read in memory.
                database.execute("PRAGMA journal_mode=DELETE")
            file.rename(made)
    return made


def postgres_name() -> str:
    """Return the name of the migrated database in this run's cluster; nobody may connect to it."""
    server = os.environ["CLIENTELA_TEST_POSTGRES_URL"].rsplit("/", 1)[0]
    with _alone("postgres") as folder:
        made = folder / server.rsplit(":", 1)[-1]
        if not made.exists():
            name = create_postgres(template="template0")
            _migrate(folder, url=f"{server}/{name}")
            made.write_text(name, encoding="utf-8")
    return made.read_text(encoding="utf-8")


def create_postgres(*, template: str) -> str:
    """Create a database in the cluster of this run, as a copy of another, and return its name."""
    import psycopg  # noqa: PLC0415 -- only a run with PostgreSQL needs the driver

    server = os.environ["CLIENTELA_TEST_POSTGRES_URL"].rsplit("/", 1)[0]
    name = f"probe_{uuid7().hex}"
    with psycopg.connect(server + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return name


def begin_with_copy(connection: BaseDatabaseWrapper) -> None:
    """Let Django's test database of this process begin as a copy, where it would call `migrate`."""
    creation = connection.creation
    create = creation.create_test_db
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgres_name()

    def command(name: str, **options: object) -> None:
        if name != "migrate":
            call_command(name, **options)
        elif connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(sqlite_file())) as source:
                source.backup(connection.connection)

    def create_test_db(*arguments: Any, **options: Any) -> str:
        # There is no setting for "the tables stand already", so the command is taken away for this one call.
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("django.core.management.call_command", command)
            return create(*arguments, **options)

    creation.create_test_db = create_test_db


@contextmanager
def _alone(engine: str) -> Iterator[Path]:
    """Give the folder of an engine's template to one process at a time."""
    share()
    folder = Path(os.environ[FOLDER]) / engine
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield folder


def _migrate(folder: Path, *, url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
        cwd=ROOT,
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "clientela.settings.testing",
            "CLIENTELA_DATA": str(folder),
            "CLIENTELA_TEST_DATABASE": "postgres" if url else "sqlite",
            "CLIENTELA_TEST_POSTGRES_URL": url,
        },
    )
