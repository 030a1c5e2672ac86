"""Backup and restore: consistent under load, whole or not at all, from one engine to the other."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, time as time_of_day, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from tests.kit import postgres
from tests.kit.cluster import DATABASE
from tests.platform.installations import Installed

from clientela.platform.archive_format import (
    LEFT_OUT,
    WRITTEN_BY_MIGRATE,
    ArchiveError,
    archived_models,
    decode_row,
    encode_row,
    written_fields,
)
from clientela.platform.failpoints import known
from clientela.platform.models import AuditEvent
from clientela.platform.restore import _safe, read_manifest

pytestmark = pytest.mark.race
BACKUP_POINTS = sorted(name for name in known() if name.startswith("platform.backup."))
RESTORE_POINTS = sorted(name for name in known() if name.startswith("platform.restore."))


@pytest.fixture(scope="module")
def full(empty_installation, tmp_path_factory) -> Installed:
    """An installation with events, receipts, audit lines, keys and a file."""
    here = empty_installation.copy(tmp_path_factory.mktemp("full"))
    here.probe("ring", "0", "30")
    here.probe("work")
    here.probe("ring", "30", "33")
    here.probe("act-once", "a-key")
    picture = here.folder / "media" / "logos" / "o'brien & söhne.svg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"<svg/>" * 1000)
    return here


@pytest.fixture(scope="module")
def archive(full, tmp_path_factory) -> Path:
    """A backup of it."""
    path = tmp_path_factory.mktemp("archive") / "backup.zip"
    full.probe("save", str(path))
    return path


def damaged(archive: Path, to: Path, change) -> Path:
    """Copy an archive, letting `change(name, content)` alter each entry (None leaves it out)."""
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(to, "w") as copy:
        for entry in whole.infolist():
            content = change(entry.filename, whole.read(entry))
            if content is not None:
                copy.writestr(entry.filename, content)
    return to


@pytest.fixture(scope="module")
def nothing(empty_installation) -> str:
    """The rows of an empty installation."""
    return empty_installation.probe("content")


@pytest.fixture(scope="module")
def everything(full) -> str:
    """The rows of the full one."""
    return full.probe("content")


def test_a_restored_installation_is_equal_row_for_row_and_file_for_file(
    full, archive, everything, install
) -> None:
    there = install()

    assert there.probe("bring-back", str(archive)) == everything
    picture = Path("media/logos/o'brien & söhne.svg")
    assert (there.folder / picture).read_bytes() == (full.folder / picture).read_bytes()


def test_a_restored_installation_holds_its_messages_has_its_guards_and_works_on(
    archive, install
) -> None:
    there = install()
    there.probe("bring-back", str(archive))
    said = there.probe("stand")
    work = json.loads(there.probe("work-out"))

    assert said.split() == ["[]", "True"]
    assert work["left"] == 0
    assert {count for effect, count in work["effects"].items() if "heard" in effect} == {1}
    assert "may leave again" in there.manage("release_messages")
    assert "not on hold" in there.manage("release_messages")


@pytest.mark.skipif(not postgres.is_available(), reason="no PostgreSQL on this machine")
@pytest.mark.postgres
def test_an_installation_moves_to_the_other_engine_and_back(
    archive, everything, tmp_path, install
) -> None:
    lite = Installed.migrated(tmp_path / "lite", engine="sqlite")
    second = tmp_path / "second.zip"

    assert lite.probe("bring-back", str(archive)) == everything
    lite.probe("save", str(second))
    assert install().probe("bring-back", str(second)) == everything


def test_a_backup_made_while_others_write_is_one_moment(install, tmp_path) -> None:
    here = install()
    enough = tmp_path / "enough"
    writers = [
        here.start("-m", "tests.platform.probe", "write-pairs", str(enough)) for _ in range(3)
    ]
    assert [writer.stdout.readline() for writer in writers] == ["writing\n"] * 3
    path = tmp_path / "backup.zip"
    here.probe("save", str(path))
    enough.touch()
    written = [int(writer.communicate(timeout=120)[0]) for writer in writers]
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("tables/platform.AuditEvent.jsonl").decode()
    left, right = lines.count('"pair-left"'), lines.count('"pair-right"')
    print(f"{left} pairs in the backup, {sum(written)} written in all")

    assert min(written) > 0
    assert left == right
    assert 0 < left < sum(written)


@pytest.mark.parametrize("point", BACKUP_POINTS)
def test_a_backup_killed_half_way_leaves_no_backup(full, tmp_path, point) -> None:
    path = tmp_path / "backup.zip"
    full.probe("save", str(path), killed=True, CLIENTELA_FAILPOINTS=f"{point}=kill9")
    assert not path.exists()
    if point == "platform.backup.table-written":
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(tmp_path / "backup.zip.partial")

    full.probe("save", str(path))
    with zipfile.ZipFile(path) as archive:
        assert read_manifest(archive)["complete"]


@pytest.mark.parametrize("point", RESTORE_POINTS)
def test_a_restore_killed_half_way_changes_nothing_and_can_be_repeated(
    archive, everything, nothing, install, point
) -> None:
    there = install()
    there.probe("bring-back", str(archive), killed=True, CLIENTELA_FAILPOINTS=f"{point}=kill9")

    assert there.probe("content") == nothing
    assert there.probe("bring-back", str(archive)) == everything


def test_an_archive_that_is_damaged_or_does_not_fit_is_refused_before_anything_is_written(
    archive, nothing, install, tmp_path
) -> None:
    def manifest(**changes: object):
        return lambda name, content: (
            json.dumps({**json.loads(content), **changes}).encode()
            if name == "manifest.json"
            else content
        )

    def without(what: str):
        return lambda name, content: None if name == what else content

    def altered(name: str, content: bytes) -> bytes:
        return content.replace(b"first-heard", b"third-heard") if "AuditEvent" in name else content

    cases = [
        (without("manifest.json"), "not a complete backup"),
        (manifest(complete=False), "not complete"),
        (manifest(format=99), "format other than"),
        (manifest(migrations=["a.0001_initial"]), "Install that version"),
        (manifest(media={"../../evil": {"sha256": ""}}), "no name of a media file"),
        (without("tables/platform.AuditEvent.jsonl"), "missing or unreadable"),
        (altered, "not as it was written"),
    ]
    paths = [damaged(archive, tmp_path / f"{n}.zip", change) for n, (change, _) in enumerate(cases)]
    beginning = tmp_path / "beginning.zip"
    beginning.write_bytes(archive.read_bytes()[:-100])
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear client")
    paths += [beginning, letter]
    expected = [words for _, words in cases] + ["no backup, or only the beginning"] * 2
    said = install().probe("bring-back-none", *map(str, paths))
    reasons = [line for line in said.splitlines() if line.startswith("refused:")]

    assert [
        words for words, reason in zip(expected, reasons, strict=True) if words not in reason
    ] == []
    assert said.splitlines(keepends=True)[len(paths) :] == nothing.splitlines(keepends=True)


def test_an_installation_that_is_not_empty_is_not_restored_into(full, archive, everything) -> None:
    reason, *rows = full.probe("bring-back-none", str(archive)).splitlines()

    assert "not empty" in reason
    assert rows == everything.splitlines()


def test_the_archive_holds_no_key_and_is_private(archive) -> None:
    with zipfile.ZipFile(archive) as whole:
        everything = b"".join(whole.read(name) for name in whole.namelist())
        manifest = json.loads(whole.read("manifest.json"))

    assert b"only-for-tests" not in everything
    assert "not in this archive" in manifest["secret_key"]
    assert manifest["engine"] == ("postgresql" if DATABASE == "postgres" else "sqlite")
    assert archive.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../../x", "a\\b", "C:/x"])
def test_a_media_name_cannot_lead_out_of_its_folder(name) -> None:
    with pytest.raises(ArchiveError):
        _safe(name)


def test_every_table_is_archived_or_left_out_on_purpose_and_parents_come_first() -> None:
    archived = archived_models()
    labels = [model._meta.label for model in archived]
    every = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }
    places = {model: place for place, model in enumerate(archived)}
    backwards = [
        (model._meta.label, field.name)
        for model in archived
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is not model
        and places[field.related_model] > places[model]
    ]

    assert set(labels) | LEFT_OUT >= every
    assert len(labels) == len(set(labels))
    assert backwards == []
    assert {"platform.OutboxEvent", "platform.AuditEvent"} <= set(labels)
    assert WRITTEN_BY_MIGRATE.isdisjoint(LEFT_OUT)


def test_every_kind_of_value_survives_to_the_microsecond() -> None:
    kinds = [
        (models.DateTimeField(), datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)),
        (models.DateField(), date(2026, 3, 1)),
        (models.TimeField(), time_of_day(9, 5, 0, 7)),
        (models.DurationField(), timedelta(days=1, microseconds=1)),
        (models.UUIDField(), UUID(int=7)),
        (models.DecimalField(max_digits=9, decimal_places=4), Decimal("1.2300")),
        (models.BinaryField(), b"\x00\xff"),
        (models.JSONField(), {"a": [1, None, "ñ"]}),
        (models.TextField(), "line\nbreak  and 🎈"),
        (models.IntegerField(), -(2**31)),
        (models.BooleanField(), False),
        (models.CharField(max_length=3, null=True), None),
    ]
    line = encode_row([value for _, value in kinds])

    assert line.count(b"\n") == 1
    assert decode_row(line, [field for field, _ in kinds]) == [value for _, value in kinds]
    with pytest.raises(ArchiveError, match="cannot write"):
        encode_row([object()])
    with pytest.raises(ArchiveError, match="does not fit"):
        decode_row(line, [models.TextField()])


@pytest.mark.django_db
def test_a_computed_column_is_not_written() -> None:
    assert [field.attname for field in written_fields(AuditEvent)][:2] == ["id", "business_id"]
    assert connection.vendor in {"sqlite", "postgresql"}
