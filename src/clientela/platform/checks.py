"""The doctor's questions about the ground floor: database, guards, worker, outbox, clock, disk, keys."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from clientela.platform import clock, failpoints, guards, installation
from clientela.platform.database import is_postgresql, sqlite_advice
from clientela.platform.doctor import Finding, bad, check, ok, warn
from clientela.platform.jobs import DEAD_AFTER, DueWork, last_beat
from clientela.platform.models import OutboxEvent
from clientela.rules import clock_time

OUTBOX_LATE: Final = timedelta(minutes=5)
LITTLE_DISK_BYTES: Final = 1 << 30
NO_DISK_BYTES: Final = 100 << 20
ZONE_DATA_OLD: Final = timedelta(days=548)
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
POSTGRESQL_SINCE: Final = 140000
MIGRATE: Final = "Run `clientela manage migrate`."


@check("database")
def database_answers(_now: datetime) -> Iterator[Finding]:
    """Ask the database for its version, and SQLite how it keeps its journal."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if is_postgresql(connection):
            cursor.execute(
                "SELECT current_setting('server_version'), current_setting('server_version_num')::int"
            )
            version, number = cursor.fetchone()
            if number < POSTGRESQL_SINCE:
                yield bad(f"PostgreSQL {version} is too old.", "Move to PostgreSQL 14 or newer.")
            else:
                yield ok(f"PostgreSQL {version} answers.")
            return
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
    if journal == "wal" and sqlite_advice():
        yield bad(
            f"SQLite is in write-ahead mode. {sqlite_advice()}",
            "Remove any journal setting of your own.",
        )
        return
    yield ok(f"SQLite {version} answers; journal: {journal}.")


@check("migrations")
def migrations_are_applied(_now: datetime) -> Iterator[Finding]:
    """Compare the tables with what this version expects."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield bad(f"{len(waiting)} migrations are not applied.", MIGRATE)
    else:
        yield ok("The tables are those of this version.")


@check("guards")
def guards_stand(_now: datetime) -> Iterator[Finding]:
    """Look for every guard in the database."""
    connection = connections[DEFAULT_DB_ALIAS]
    missing = guards.verify(connection)
    if not MigrationRecorder(connection).has_table():
        # Guards of tables that are not there are not missing: without this, an empty file looks well guarded.
        yield bad("The database has no tables, so nothing guards it.", MIGRATE)
    elif missing:
        yield bad(
            f"The database lacks guards: {', '.join(missing)}.",
            "Run `clientela manage migrate`: it puts them up.",
        )
    else:
        yield ok(f"All {len(guards.registered())} guards stand.")


@check("worker")
def worker_lives(now: datetime) -> Iterator[Finding]:
    """Look for a sign of life within the last minute, and for recurring work that fails."""
    beat = last_beat()
    fix = "Start `clientela serve` or `clientela worker`, and let your system restart it."
    if beat is None:
        yield bad("No worker is running: no message leaves, no hold expires.", fix)
    elif now - beat > DEAD_AFTER:
        yield bad(f"The worker has been silent for {_span(now - beat)}.", fix)
    else:
        yield ok("A worker is running.")
    for row in DueWork.objects.filter(failing_since__isnull=False).order_by("name"):
        yield bad(
            f"Recurring work {row.name} has been failing since {row.failing_since:%Y-%m-%d %H:%M} UTC: {row.last_error}",
            "See the log; it is tried again by itself.",
        )


@check("outbox")
def outbox_moves(now: datetime) -> Iterator[Finding]:
    """Look for events that wait too long or have been given up."""
    waiting = OutboxEvent.objects.filter(done_at__isnull=True, needs_attention_at__isnull=True)
    oldest = (
        waiting.filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True).first()
    )
    given_up = OutboxEvent.objects.filter(needs_attention_at__isnull=False).count()
    if given_up:
        yield bad(
            f"{given_up} events were given up after many attempts.",
            "`clientela manage retry_events` lists them and tries them again.",
        )
    if oldest is not None and now - oldest > OUTBOX_LATE:
        yield bad(
            f"The oldest event has been waiting for {_span(now - oldest)}.",
            "See whether a worker is running, and what it logs.",
        )
    elif not given_up:
        yield ok("Events are heard in time.")


@check("sending")
def sending_is_free(_now: datetime) -> Iterator[Finding]:
    """Say when messages are on hold."""
    since = installation.sending_held_since()
    if since is None:
        yield ok("Messages may leave.")
    else:
        yield warn(
            f"Messages have been on hold since {since:%Y-%m-%d %H:%M} UTC, after a restore.",
            "Look through those that wait, then run `clientela manage release_messages`.",
        )


@check("zone-data")
def zone_data_is_fresh(now: datetime) -> Iterator[Finding]:
    """Governments change their clocks at short notice: old zone data makes wrong appointments."""
    version = clock_time.tzdata_version()
    try:
        released = datetime(int(version[:4]), 1, 1, tzinfo=now.tzinfo)
    except ValueError:
        yield warn("The version of the time zone data is not known.", "Update the tzdata package.")
        return
    if now - released > ZONE_DATA_OLD:
        yield warn(
            f"The time zone data is of {version}.", "Update the tzdata package, then restart."
        )
    else:
        yield ok(f"The time zone data is of {version}.")


@check("clock")
def clock_is_real(_now: datetime) -> Iterator[Finding]:
    """Say when the clock is moved or failpoints are armed: both belong to tests only."""
    if failpoints.armed():
        yield bad(
            "Failpoints are switched on: this process may die on purpose.",
            f"Unset {failpoints.VARIABLE}.",
        )
    if clock.shift():
        yield warn(
            f"The clock is moved by {_span(clock.shift())}.",
            "Unset CLIENTELA_NOW unless this is a demonstration.",
        )
    else:
        yield ok("The clock is the computer's own.")


@check("disk")
def disk_has_room(_now: datetime) -> Iterator[Finding]:
    """Look at the free space where the data lives."""
    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder if folder.is_dir() else folder.anchor).free
    text = f"{free / (1 << 30):.1f} GiB are free in the data folder."
    fix = "Free some space, or move CLIENTELA_DATA to a larger disk."
    if free < NO_DISK_BYTES:
        yield bad(text, fix)
    elif free < LITTLE_DISK_BYTES:
        yield warn(text, fix)
    else:
        yield ok(text)


@check("secrets")
def secrets_are_private(_now: datetime) -> Iterator[Finding]:
    """See that nobody else on the computer can read the key or the database."""
    if os.name != "posix":
        yield ok("File permissions are the system's matter here.")
        return
    exposed = [
        path.name for path in _private_files() if path.exists() and path.stat().st_mode & OTHERS
    ]
    if exposed:
        yield warn(
            f"Other users of this computer may open {', '.join(exposed)}.",
            "chmod 600 these files in the data folder, and chmod 700 the folder itself.",
        )
    else:
        yield ok("Key and database are readable by their owner only.")


def _private_files() -> Iterator[Path]:
    folder = Path(settings.DATA_DIR)
    # A folder closed to others protects what lies in it.
    if folder.is_dir() and not folder.stat().st_mode & OTHERS:
        return
    yield folder / "secret-key"
    connection = connections[DEFAULT_DB_ALIAS]
    if not is_postgresql(connection) and Path(str(connection.settings_dict["NAME"])).is_absolute():
        yield Path(str(connection.settings_dict["NAME"]))


def _span(span: timedelta) -> str:
    """Say a span in the largest unit that fits: operators need its size, not its seconds."""
    seconds = abs(int(span.total_seconds()))
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
