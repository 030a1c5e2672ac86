"""Backup and restore: the whole installation in one file that belongs to no engine.

A backup is read in one consistent snapshot while everybody goes on working, and written row by row, so memory stays
small. A restore fills an empty installation, wholly or not at all, on either engine, and puts all sending on hold.
The secret key is not in the archive: keep it elsewhere. Without it links in mails sent earlier still work (they are
stored as hashes), but sealed parcels cannot be opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from clientela.platform.archive_format import (
    FORMAT,
    MANIFEST,
    ArchiveError,
    applied_migrations,
    archived_models,
    encode_row,
    entry_name,
    written_fields,
)
from clientela.platform.database import in_transaction, is_postgresql
from clientela.platform.failpoints import failpoint

if TYPE_CHECKING:
    from django.db import models

__all__ = ["ArchiveError", "Backup", "backup"]

SNAPSHOT: Final = "clientela_snapshot"
CHUNK_ROWS: Final = 2000
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    path: Path
    rows: int
    files: int
    bytes: int


def backup(*, path: Path, now: datetime) -> Backup:
    """Write a backup to `path` (replacing a file of that name only when the new one is complete).

    The file is readable by its owner only, as it holds what every client told you. Killed half-way it leaves
    `<path>.partial`, which no restore accepts. Raises inside a transaction, whose snapshot would not be its own.
    """
    if in_transaction():
        message = "a backup reads a snapshot of its own: make it outside a transaction"
        raise ArchiveError(message)
    partial = path.with_name(path.name + ".partial")
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        rows, files = _write(file, near=path.parent, now=now)
        file.flush()
        os.fsync(file.fileno())
    failpoint("platform.backup.before-rename")
    partial.replace(path)
    return Backup(path=path, rows=rows, files=files, bytes=path.stat().st_size)


def _write(file: IO[bytes], *, near: Path, now: datetime) -> tuple[int, int]:
    """Write the zip: tables, media, and last the manifest, whose presence says that all of it is there."""
    tables: dict[str, dict[str, Any]] = {}
    media: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(
        file, "w", zipfile.ZIP_DEFLATED, compresslevel=6, allowZip64=True
    ) as archive:
        with _snapshot(near) as alias:
            migrations = applied_migrations(connections[alias])
            for model in archived_models():
                tables[model._meta.label] = _write_table(archive, model, alias)
                failpoint("platform.backup.table-written")
        for name, source in _media_files():
            media[name] = _write_file(archive, name, source)
        manifest = {
            "format": FORMAT,
            "clientela": _version(),
            "made_at": now.isoformat(),
            "engine": connections[DEFAULT_DB_ALIAS].vendor,
            "migrations": migrations,
            "tables": tables,
            "media": media,
            "secret_key": "not in this archive: keep the installation's secret key in another safe place",
            "complete": True,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return sum(table["rows"] for table in tables.values()), len(media)


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], alias: str) -> dict[str, Any]:
    """Write one table's rows, streamed from the snapshot; return what the manifest says of them."""
    fields = written_fields(model)
    digest, count = hashlib.sha256(), 0
    rows = (
        model._base_manager.using(alias)
        .order_by("pk")
        .values_list(*(field.attname for field in fields))
    )
    with archive.open(entry_name(model), "w", force_zip64=True) as entry:
        for row in rows.iterator(chunk_size=CHUNK_ROWS):
            line = encode_row(row)
            digest.update(line)
            entry.write(line)
            count += 1
    return {
        "columns": [field.attname for field in fields],
        "rows": count,
        "sha256": digest.hexdigest(),
    }


def _write_file(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file, archive.open(f"media/{name}", "w", force_zip64=True) as entry:
        while part := file.read(CHUNK_BYTES):
            digest.update(part)
            entry.write(part)
            size += len(part)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _media_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return
    for source in sorted(root.rglob("*")):
        if source.is_file() and not source.is_symlink():
            yield source.relative_to(root).as_posix(), source


@contextlib.contextmanager
def _snapshot(near: Path) -> Iterator[str]:
    """Give the alias of a connection that sees one moment of the database, however long the reading takes.

    PostgreSQL: one repeatable-read, read-only transaction. SQLite: a copy made at one go beside the backup, so that
    writers wait for the copying only and not for the compressing.
    """
    default = connections[DEFAULT_DB_ALIAS]
    if is_postgresql(default):
        with _connection_like_default({}), transaction.atomic(using=SNAPSHOT):
            with connections[SNAPSHOT].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield SNAPSHOT
        return
    with tempfile.TemporaryDirectory(prefix=".clientela-backup-", dir=near) as folder:
        copy = Path(folder) / "snapshot.sqlite3"
        default.ensure_connection()
        with contextlib.closing(sqlite3.connect(copy)) as target:
            default.connection.backup(target)
        options = {
            key: value
            for key, value in default.settings_dict["OPTIONS"].items()
            if key != "init_command"
        }
        with _connection_like_default({"NAME": str(copy), "OPTIONS": options}):
            yield SNAPSHOT


@contextlib.contextmanager
def _connection_like_default(changes: dict[str, Any]) -> Iterator[None]:
    """Open a second connection for as long as the snapshot is read."""
    connections.databases[SNAPSHOT] = {**connections[DEFAULT_DB_ALIAS].settings_dict, **changes}
    try:
        yield
    finally:
        with contextlib.suppress(AttributeError):
            connections[SNAPSHOT].close()
            del connections[SNAPSHOT]
        del connections.databases[SNAPSHOT]


def _version() -> str:
    try:
        return version("clientela")
    except PackageNotFoundError:
        return "unpackaged"
