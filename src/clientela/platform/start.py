"""What is made ready when the program starts: handlers, jobs, guards' check, retention."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.core.checks import (
    CheckMessage,
    Error,
    Tags,
    Warning as CheckWarning,
    register as register_check,
)
from django.db import Error as DatabaseError, connections
from django.utils.module_loading import module_has_submodule

from clientela.platform import (
    audit,
    checks,
    guards,
    idempotency,
    logs,
    outside_checks,
    sealed,
    throttle,
)
from clientela.platform.database import is_postgresql, sqlite_advice
from clientela.platform.jobs import due_work
from clientela.platform.models import OutboxEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOMS: Final = ("events", "handlers", "jobs", "guards", "checks", "movers", "leaving")
HEARD_KEPT_FOR: Final = timedelta(days=90)
PURGE_BATCH: Final = 1000

# Imported for what they register: recurring work, the audit trail's guard, the doctor's questions.
REGISTERING: Final = (audit, checks, idempotency, outside_checks, sealed, throttle)


def register() -> None:
    """Set the logs up, load the rooms of our apps that register something, and add Django's start checks."""
    logs.configure(settings.LOGGING)
    register_check(guards_stand, Tags.database)
    register_check(sqlite_journal_is_said, Tags.database)
    for config in apps.get_app_configs():
        if not config.name.startswith("clientela.") or config.name == "clientela.platform":
            continue
        for room in ROOMS:
            if module_has_submodule(config.module, room):
                import_module(f"{config.name}.{room}")


def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:  # noqa: ANN401 -- Django's check arguments
    """Check that every guard stands (before serving; a migrate in progress has tables without them)."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        try:
            missing = guards.verify(connections[alias])
        except DatabaseError:
            continue  # the database itself is away: others say so better
        if missing:
            messages.append(
                CheckWarning(
                    f"Guards are missing in the database: {', '.join(missing)}.",
                    hint="Run `clientela manage migrate`: it puts them up.",
                    id="clientela.W001",
                )
            )
    return messages


def sqlite_journal_is_said(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:  # noqa: ANN401 -- Django's check arguments
    """Refuse a SQLite in write-ahead mode whose version can lose a commit in it."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if is_postgresql(connection) or not sqlite_advice():
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode")
                mode = cursor.fetchone()[0]
        except DatabaseError:
            continue
        if mode == "wal":
            messages.append(
                Error(
                    f"The database is in write-ahead mode. {sqlite_advice()}",
                    hint="Use the options of clientela.platform.database, or a newer SQLite.",
                    id="clientela.E001",
                )
            )
    return messages


@due_work("platform.purge-heard-events", every=timedelta(hours=6))
def purge_heard_events(now: datetime) -> int:
    """Delete events that were heard more than ninety days ago, with their receipts, a thousand at a time."""
    old = OutboxEvent.objects.filter(done_at__lt=now - HEARD_KEPT_FOR).order_by("done_at")
    ids = list(old.values_list("pk", flat=True)[:PURGE_BATCH])
    OutboxEvent.objects.filter(pk__in=ids).delete()
    return len(ids)
