"""The shape of a backup: which tables are in it, in which order, and how a value is written down.

A backup is a zip file: `tables/<app>.<Model>.jsonl` (one JSON list per row), `media/…`, and last of all
`manifest.json`. It belongs to no engine: what SQLite wrote, PostgreSQL reads, and the other way round.
"""

from __future__ import annotations

import base64
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.migrations.recorder import MigrationRecorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
# What is true only of a running process, or would be a key to somebody's session, is not worth keeping.
LEFT_OUT: Final = frozenset(
    {
        "platform.CacheEntry",
        "platform.InstalledGuard",
        "platform.ThrottleCount",
        "platform.WorkerHeartbeat",
        "sessions.Session",
    }
)
# Rows that `migrate` itself writes: those of the archive take their place.
WRITTEN_BY_MIGRATE: Final = frozenset(
    {
        "auth.Permission",
        "contenttypes.ContentType",
        "platform.DueWork",
        "platform.Installation",
        "sites.Site",
    }
)


class ArchiveError(ValueError):
    """A backup that cannot be made, or must not be restored; the message tells the operator why."""


def archived_models() -> list[type[models.Model]]:
    """Return every model with a table that is kept, parents before the children that point at them.

    Models that point at each other in a ring stay in the order of their names: foreign keys are only checked
    when the restoring transaction ends.
    """
    wanted = sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
        ),
        key=lambda model: model._meta.label,
    )
    ordered: list[type[models.Model]] = []
    visiting: set[type[models.Model]] = set()

    def visit(model: type[models.Model]) -> None:
        if model in ordered or model in visiting or model not in wanted:
            return
        visiting.add(model)
        for parent in _parents(model):
            visit(parent)
        visiting.discard(model)
        ordered.append(model)

    for model in wanted:
        visit(model)
    return ordered


def _parents(model: type[models.Model]) -> list[type[models.Model]]:
    related = (
        field.related_model for field in model._meta.local_concrete_fields if field.is_relation
    )
    return sorted(
        (parent._meta.concrete_model or parent for parent in related if isinstance(parent, type)),
        key=lambda parent: parent._meta.label,
    )


def written_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields of the model's own table that are stored as they are (not computed by the database)."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not getattr(field, "generated", False)
    ]


def entry_name(model: type[models.Model]) -> str:
    """Return the name of the model's rows inside the archive."""
    return f"tables/{model._meta.label}.jsonl"


def applied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of all applied migrations: two databases with equal lists have equal tables."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def encode_row(values: Sequence[object]) -> bytes:
    """Write one row as a line of JSON, exact to the microsecond."""
    return (json.dumps([_encode(value) for value in values], ensure_ascii=False) + "\n").encode()


def decode_row(line: bytes, fields: Iterable[models.Field[Any, Any]]) -> list[Any]:
    """Read one line back into the values the fields hold; raises `ArchiveError` when it does not fit."""
    try:
        return [
            _decode(field, value) for field, value in zip(fields, json.loads(line), strict=True)
        ]
    except ValueError as error:
        message = "a row of the backup does not fit its table"
        raise ArchiveError(message) from error


def _encode(value: Any) -> Any:  # noqa: ANN401, PLR0911 -- any column value; one line per kind reads best
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dict | list):
        return value  # the content of a JSON column
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    message = f"a column holds a {type(value).__name__}, which a backup cannot write"
    raise ArchiveError(message)


def _decode(field: models.Field[Any, Any], value: Any) -> Any:  # noqa: ANN401 -- any column value
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DurationField):
        return timedelta(microseconds=value)
    return field.to_python(value)
