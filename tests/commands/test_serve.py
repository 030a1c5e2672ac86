"""`clientela serve`: from an empty folder to an open door, and what happens when a part dies."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands.running import Running, alive, eventually
from tests.kit import template

pytestmark = [pytest.mark.nodb, pytest.mark.slow]


ENVIRONMENT = {"CLIENTELA_MAIL": "simulator", "CLIENTELA_DEMO": "1"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which tables and static files are ready, made once."""
    command = Running(tmp_path_factory.mktemp("prepared") / "data", (), extra=ENVIRONMENT)
    command.folder.mkdir(mode=0o700)
    shutil.copyfile(template.sqlite_file(), command.folder / "clientela.sqlite3")
    subprocess.run(
        [sys.executable, "-m", "clientela.serving.prepare"],
        env=command.environment,
        cwd=command.folder.parent,
        check=True,
    )
    return command.folder


@pytest.fixture
def folder(running, prepared: Path) -> Running:
    """A server that is not started yet, on a copy of the folder."""
    command = running("serve", **ENVIRONMENT)
    shutil.copytree(prepared, command.folder)
    return command


@pytest.fixture
def server(folder: Running) -> Running:
    """A server, open."""
    folder.start().wait_for("Clientela answers on")
    return folder


def worker_of(server: Running) -> int | None:
    return next(
        (pid for pid, line in server.children().items() if line.endswith("clientela worker")), None
    )


def test_an_empty_folder_becomes_an_installation_that_answers(running) -> None:
    server = running("serve", **ENVIRONMENT).start()
    server.wait_for("Clientela answers on")
    assert server.get("/simulator/") == 200
    assert re.search(r"give this code: [A-Z0-9-]{17}", server.said)
    file = server.folder / "clientela.sqlite3"
    assert file.stat().st_mode & 0o077 == 0, "the database is for its owner only"
    eventually(lambda: _beats(file) == 1)


def test_sigterm_stops_everything_and_frees_the_port(server: Running) -> None:
    pids = list(server.children())
    assert len(pids) >= 3
    assert server.stop() == 0
    eventually(lambda: not any(alive(pid) for pid in pids), within=30)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))
    assert _beats(server.folder / "clientela.sqlite3") == 0, "a worker that was stopped is not dead"


@pytest.mark.req("CRA-02")
def test_a_worker_that_is_killed_is_started_again(server: Running) -> None:
    eventually(lambda: worker_of(server))
    first = worker_of(server)
    os.kill(first, signal.SIGKILL)
    eventually(lambda: worker_of(server) not in {None, first})
    assert server.get("/simulator/") == 200
    assert "The worker ended (-9)" in server.said


@pytest.mark.req("CRA-02")
def test_a_supervisor_that_is_killed_leaves_no_orphan_on_the_port(server: Running) -> None:
    pids = list(server.children())
    server.stop(signal.SIGKILL)
    eventually(lambda: not any(alive(pid) for pid in pids))
    again = Running(server.folder, server.words, port=server.port, extra=server.extra).start()
    try:
        again.wait_for("Clientela answers on")
    finally:
        again.stop()


def test_a_database_that_is_behind_is_not_served_and_not_changed(folder: Running) -> None:
    with sqlite3.connect(folder.folder / "clientela.sqlite3") as file:
        file.execute("DELETE FROM django_migrations WHERE app = 'notify'")
    refused = folder.run("serve")
    assert refused.returncode == 3
    assert "clientela backup" in refused.stderr
    assert "clientela manage migrate" in refused.stderr


def test_a_database_without_its_guards_is_not_served(folder: Running) -> None:
    with sqlite3.connect(folder.folder / "clientela.sqlite3") as file:
        file.execute("DROP TRIGGER occupancy_no_overlap_insert")
    refused = folder.run("serve")
    assert refused.returncode == 3
    assert "lacks guards" in refused.stderr
    assert folder.run("manage", "migrate").returncode == 0


def _beats(file: object) -> int:
    with sqlite3.connect(file) as database:
        return int(database.execute("SELECT COUNT(*) FROM platform_workerheartbeat").fetchone()[0])
