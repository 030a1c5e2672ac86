"""The witness: reads the database with the bare driver and plain SQL, and shares no code with what wrote it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from clientela.auditor.audit import audit

_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

OVERLAPS = """
SELECT COUNT(*) FROM booking_occupancy a JOIN booking_occupancy b
    ON a.resource_id = b.resource_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""
OPEN = "SELECT id FROM booking_appointment WHERE status IN ('requested', 'confirmed')"
EVERY = "SELECT id FROM booking_appointment"
STARTS = "SELECT id, starts_at FROM booking_appointment WHERE status = 'confirmed'"
CLIENTS = "SELECT id FROM people_client"
HOLDERS = "SELECT id, client_id FROM booking_appointment"
UNHEARD = "SELECT COUNT(*) FROM platform_outboxevent WHERE done_at IS NULL"
CONFIRMATIONS = """
SELECT appointment_id, COUNT(*) FROM notify_message WHERE rule = 'confirmation' AND recipient = 'client'
 GROUP BY appointment_id
"""
# A reminder waits for its own time, months ahead.
UNSENT = "SELECT COUNT(*) FROM notify_message WHERE settled_at IS NULL AND timing = ''"
UNTRIED = f"{UNSENT} AND reason <> 'unknown'"
# A mail that was interrupted while it was handed over goes once more, under the same Message-ID; nothing else may.
MAIL_TWICE = """
SELECT mail.message_id FROM notify_simulatedmail mail
 GROUP BY mail.message_id HAVING COUNT(*) > 1 + (
    SELECT COUNT(*) FROM notify_attempt attempt JOIN notify_message message ON message.id = attempt.message_id
     WHERE message.message_id = mail.message_id AND attempt.outcome = 'unknown')
"""


def rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Ask the database; ``url`` is ``sqlite://<path>`` or PostgreSQL's own."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(unquote(urlsplit(url).path), timeout=60)) as file:
            return file.execute(statement).fetchall()
    import psycopg  # noqa: PLC0415 -- only a run with PostgreSQL needs the driver

    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement.encode()).fetchall()


def count(url: str, statement: str) -> int:
    """Return the one figure that a statement asks for."""
    return int(rows(url, statement)[0][0])


def as_id(found: object) -> UUID:
    """Read a key as either database writes it."""
    return UUID(str(found))


def ids(url: str, statement: str) -> set[str]:
    """Return the first column as UUIDs in their usual writing: SQLite keeps them without dashes."""
    return {str(as_id(row[0])) for row in rows(url, statement)}


def client_of(url: str, appointment: str) -> str:
    """Return whose appointment it is."""
    holders = {str(as_id(key)): str(as_id(who)) for key, who in rows(url, HOLDERS)}
    return holders[appointment]


def instants(url: str) -> dict[str, datetime]:
    """Return when each confirmed appointment starts."""
    found = {}
    for key, starts_at in rows(url, STARTS):
        at = datetime.fromisoformat(starts_at) if isinstance(starts_at, str) else starts_at
        found[str(as_id(key))] = at if at.tzinfo else at.replace(tzinfo=UTC)
    return found


def broken(url: str) -> list[str]:
    """Return every broken promise that the shipped auditor finds."""
    return [
        f"{verdict.invariant}: {breach}"
        for verdict in audit(url=url, now=_NOW)
        for breach in verdict.breaches
    ]
