"""The states of appointments, and the promises made to clients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: TID251 -- the auditor converts for itself, to check the converter

from clientela.auditor.breach import Question

HOLDS = ("held", "requested", "confirmed", "attended", "no_show")
ENDED = ("cancelled", "declined")
OPEN = ("held", "requested", "confirmed")


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def states(question: Question) -> Iterator[str]:
    """Yield each appointment whose state, time and place in the calendar do not fit together."""
    rows = question.source.rows
    for key, status in rows(
        f"SELECT id, status FROM booking_appointment WHERE status NOT IN ({_words(HOLDS + ENDED)})"
    ):
        yield f"appointment {key} is in a state there is not: {status}"
    for key in rows(
        "SELECT id FROM booking_appointment WHERE (status = 'cancelled' AND cancelled_at IS NULL) "
        f"OR (status IN ({_words(OPEN)}) AND cancelled_at IS NOT NULL)"
    ):
        yield f"appointment {key[0]} and its time of cancellation contradict each other"
    for key in rows(
        f"SELECT a.id FROM booking_appointment a WHERE a.status IN ({_words(HOLDS)}) "
        "AND a.session_id IS NULL AND NOT EXISTS (SELECT 1 FROM booking_occupancy o "
        "WHERE o.appointment_id = a.id AND o.resource_id = a.professional_id "
        "AND o.starts_at <= a.starts_at AND o.ends_at >= a.ends_at)"
    ):
        yield f"appointment {key[0]} holds a time that its professional is not occupied for"
    for key in rows(
        f"SELECT a.id FROM booking_appointment a WHERE a.status IN ({_words(HOLDS)}) "
        "AND a.session_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM booking_seat t WHERE t.appointment_id = a.id)"
    ):
        yield f"appointment {key[0]} is of a session, without a seat in it"
    for key in rows(
        f"SELECT a.id FROM booking_appointment a WHERE a.status IN ({_words(ENDED)}) AND "
        "(EXISTS (SELECT 1 FROM booking_occupancy o WHERE o.appointment_id = a.id) "
        "OR EXISTS (SELECT 1 FROM booking_seat t WHERE t.appointment_id = a.id))"
    ):
        yield f"appointment {key[0]} has ended, but still takes a time"


def promises(question: Question) -> Iterator[str]:
    """Yield each future appointment or session whose instant is not the promised reading of its zone's clocks.

    After new time zone data these are the ones to look at.
    """
    source = question.source
    starts = source.seconds("starts_at")
    for what, table, wanted in (
        ("appointment", "booking_appointment", f"status IN ({_words(OPEN)})"),
        ("session", "booking_session", "cancelled_at IS NULL"),
    ):
        for key, local, zone, start in source.rows(
            f"SELECT id, promised_local, promised_zone, {starts} FROM {table} WHERE {wanted}"
        ):
            at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
            if at > question.now and not _is_reading(local, zone, at):
                yield f"{what} {key} was promised for {local} in {zone}, but stands at {at.isoformat()}"


def _is_reading(local: str, zone: str, at: datetime) -> bool:
    """Say whether the zone's clocks read that at that instant."""
    try:
        shown = datetime.fromtimestamp(at.timestamp(), tz=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return shown.strftime("%Y-%m-%dT%H:%M") == local
