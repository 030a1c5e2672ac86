"""Restore: fill an empty installation from a backup, wholly or not at all, on either engine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import sql

from clientela.platform import guards
from clientela.platform.archive_format import (
    FORMAT,
    MANIFEST,
    WRITTEN_BY_MIGRATE,
    ArchiveError,
    applied_migrations,
    archived_models,
    decode_row,
    entry_name,
    written_fields,
)
from clientela.platform.failpoints import failpoint
from clientela.platform.installation import hold_sending
from clientela.platform.models import Installation

__all__ = ["ArchiveError", "Restored", "read_manifest", "restore"]

ROWS_AT_ONCE: Final = 500
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and from when."""

    rows: int
    files: int
    made_at: datetime


def restore(*, path: Path, now: datetime) -> Restored:
    """Fill this empty, migrated installation from the backup at `path`; all of it, or nothing.

    Raises `ArchiveError`, having changed nothing, when the archive is incomplete or damaged, was made by a version
    with other tables, or the installation is not empty. Afterwards sending is on hold: what was sent since the
    backup was made is not known, and must not be sent again.
    """
    with _opened(path) as archive:
        manifest = read_manifest(archive)
        _check_fits(manifest)
        _check_whole(archive, manifest)
        _check_empty()
        # Files first: without rows that name them they harm nobody, and a second try writes the same ones again.
        _restore_media(archive, manifest)
        failpoint("platform.restore.media-restored")
        with transaction.atomic():
            rows = _restore_tables(archive, manifest)
            hold_sending(now=now)
            Installation.objects.update(restored_at=now)
            guards.install()
            missing = guards.verify(connections[DEFAULT_DB_ALIAS])
            if missing:
                message = f"guards could not be put up: {', '.join(missing)}"
                raise ArchiveError(message)
            failpoint("platform.restore.before-commit")
    return Restored(
        rows=rows, files=len(manifest["media"]), made_at=datetime.fromisoformat(manifest["made_at"])
    )


def _opened(path: Path) -> zipfile.ZipFile:
    """Open the archive; a backup cut short has lost the end by which a zip file is known."""
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        message = f"{path.name} is no backup, or only the beginning of one."
        raise ArchiveError(message) from error


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest; raises `ArchiveError` for a file that is no complete backup."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        message = "This is not a complete backup: its manifest, which is written last, is missing."
        raise ArchiveError(message) from error
    if manifest.get("complete") is not True or manifest.get("format") != FORMAT:
        message = f"This backup is not complete, or of a format other than {FORMAT}."
        raise ArchiveError(message)
    return manifest


def _check_fits(manifest: dict[str, Any]) -> None:
    """Refuse an archive whose tables are not ours, to the column."""
    here = applied_migrations(connections[DEFAULT_DB_ALIAS])
    tables = {
        model._meta.label: [field.attname for field in written_fields(model)]
        for model in archived_models()
    }
    there = {label: table["columns"] for label, table in manifest["tables"].items()}
    if manifest["migrations"] != here or tables != there:
        message = (
            f"This backup was made by Clientela {manifest['clientela']}, whose tables differ from this installation's. "
            "Install that version, restore there, and upgrade afterwards."
        )
        raise ArchiveError(message)


def _check_whole(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Read the whole archive once and compare every digest, before anything is written."""
    expected = {
        f"tables/{label}.jsonl": table["sha256"] for label, table in manifest["tables"].items()
    }
    expected |= {f"media/{_safe(name)}": file["sha256"] for name, file in manifest["media"].items()}
    for name, digest in expected.items():
        found = hashlib.sha256()
        try:
            with archive.open(name) as entry:
                while part := entry.read(CHUNK_BYTES):
                    found.update(part)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            message = f"This backup is damaged: {name} is missing or unreadable."
            raise ArchiveError(message) from error
        if found.hexdigest() != digest:
            message = f"This backup is damaged: {name} is not as it was written."
            raise ArchiveError(message)


def _check_empty() -> None:
    """Refuse an installation that already holds something."""
    for model in archived_models():
        label = model._meta.label
        if label not in WRITTEN_BY_MIGRATE and model._base_manager.exists():
            message = f"This installation is not empty ({label} has rows). Restore into a new, migrated one."
            raise ArchiveError(message)


def _safe(name: str) -> str:
    """Return the name of a media file unless it would lead out of the media folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0]:
        message = f"This backup is damaged: {name!r} is no name of a media file."
        raise ArchiveError(message)
    return name


def _restore_media(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    root = Path(settings.MEDIA_ROOT)
    for name in manifest["media"]:
        target = root / _safe(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(f"media/{name}") as entry, target.open("wb") as file:
            shutil.copyfileobj(entry, file, CHUNK_BYTES)
            file.flush()
            os.fsync(file.fileno())


def _restore_tables(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    """Write every row with the guards standing: what they would refuse does not come back either."""
    connection = connections[DEFAULT_DB_ALIAS]
    everything = archived_models()
    with connection.cursor() as cursor:
        for model in reversed(everything):
            if model._meta.label in WRITTEN_BY_MIGRATE:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 -- a table name of our own
    total = 0
    for model in everything:
        count = _restore_table(archive, model)
        if count != manifest["tables"][model._meta.label]["rows"]:
            message = f"This backup is damaged: {model._meta.label} has {count} rows."
            raise ArchiveError(message)
        total += count
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), everything):
            cursor.execute(statement)
    return total


def _restore_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    """Write one table's rows as they were: nothing is stamped, derived or signalled anew."""
    fields = written_fields(model)
    names = [field.attname for field in fields]
    count = 0
    with archive.open(entry_name(model)) as entry:
        for lines in _batches(entry):
            rows = [
                model.from_db(DEFAULT_DB_ALIAS, names, decode_row(line, fields)) for line in lines
            ]
            query = sql.InsertQuery(model)
            query.insert_values(fields, rows, raw=True)
            query.get_compiler(using=DEFAULT_DB_ALIAS).execute_sql()
            count += len(rows)
            failpoint("platform.restore.rows-written")
    return count


def _batches(entry: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in entry:
        batch.append(line)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
