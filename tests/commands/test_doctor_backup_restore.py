"""`clientela doctor`, `backup`, `restore` as a person uses them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from uuid import UUID

import pytest
from tests.commands.running import Running
from tests.kit import template

pytestmark = [pytest.mark.nodb, pytest.mark.slow]

ENVIRONMENT = {"CLIENTELA_DEMO": "1"}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with one account in it, made once."""
    command = Running(tmp_path_factory.mktemp("furnished") / "data", (), extra=ENVIRONMENT)
    command.folder.mkdir()
    shutil.copyfile(template.sqlite_file(), command.folder / "clientela.sqlite3")
    made = command.run(
        "manage",
        "shell",
        "--no-imports",
        "-c",
        "from clientela.accounts.models import Account; from clientela.platform import clock; "
        "Account.objects.create(email='a@example.com', created_at=clock.now())",
    )
    assert made.returncode == 0, made.stderr
    return command.folder


@pytest.fixture
def installation(running, furnished: Path) -> Running:
    """A copy of it that stands still."""
    command = running("doctor", **ENVIRONMENT)
    shutil.copytree(furnished, command.folder)
    return command


@pytest.mark.req("L17")
def test_the_doctor_fails_while_no_worker_runs_and_says_what_to_start(
    installation: Running,
) -> None:
    answer = installation.run("doctor")
    assert answer.returncode == 1
    assert "No worker is running" in answer.stdout
    assert "clientela serve" in answer.stdout


def test_the_doctor_sees_that_there_are_no_tables(running) -> None:
    bare = running("doctor", CLIENTELA_DEMO="1")
    bare.folder.mkdir()
    answer = bare.run("doctor")
    assert answer.returncode == 1
    assert "The database has no tables" in answer.stdout
    assert "guards stand" not in answer.stdout


def test_the_doctor_speaks_to_programs_too(installation: Running) -> None:
    findings = json.loads(installation.run("doctor", "--json").stdout)
    assert {"check", "grade", "text", "fix"} == set(findings[0])
    assert "worker" in {one["check"] for one in findings if one["grade"] == "bad"}


@pytest.mark.req("MSG-10")
def test_a_backup_fills_an_empty_installation_and_holds_its_messages(
    installation: Running, running, tmp_path: Path
) -> None:
    archive = tmp_path / "yesterday.zip"
    made = installation.run("backup", str(archive))
    assert made.returncode == 0, made.stderr
    assert archive.stat().st_mode & 0o077 == 0
    empty = running("doctor", folder="other", CLIENTELA_DEMO="1")
    empty.folder.mkdir()
    restored = empty.run("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert "Messages are on hold" in restored.stdout
    assert "No list of erasures was found" in restored.stdout
    with sqlite3.connect(empty.folder / "clientela.sqlite3") as file:
        assert file.execute("SELECT email FROM accounts_account").fetchall() == [("a@example.com",)]
    assert "on hold" in empty.run("doctor").stdout
    again = empty.run("restore", str(archive))
    assert again.returncode == 1
    assert "Nothing was restored" in again.stderr


@pytest.mark.req("ERA-02")
def test_a_restored_backup_does_not_bring_back_whom_the_list_of_erasures_names(
    installation: Running, running, tmp_path: Path
) -> None:
    archive, listed = tmp_path / "old.zip", tmp_path / "erasures.txt"
    assert installation.run("backup", str(archive)).returncode == 0
    with sqlite3.connect(installation.folder / "clientela.sqlite3") as file:
        key = UUID(file.execute("SELECT id FROM accounts_account").fetchone()[0])
    listed.write_text(f"login {key} 2026-11-23T09:00:00+00:00\n")
    empty = running("doctor", folder="other", CLIENTELA_DEMO="1")
    empty.folder.mkdir()
    restored = empty.run("restore", str(archive), "--erasures", str(listed))
    assert restored.returncode == 0, restored.stderr
    assert "Erased again: 0 cards and 1 log-ins." in restored.stdout
    with sqlite3.connect(empty.folder / "clientela.sqlite3") as file:
        assert file.execute("SELECT email FROM accounts_account").fetchall() == []
    assert (empty.folder / "erasures.txt").read_text() == listed.read_text()


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(
    installation: Running, tmp_path: Path
) -> None:
    (tmp_path / "no.zip").write_text("hello")
    refused = installation.run("restore", str(tmp_path / "no.zip"))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
