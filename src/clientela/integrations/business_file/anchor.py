"""Moving a file in time: every date by whole weeks, until the anchor's week is this one.

Wall-clock times move on the calendar (09:00 stays 09:00 across a clock change) and instants move
with them, so what was computed from a wall time (``at``, ``tzdata``) is left out and computed anew.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_wall
from clientela.integrations.business_file.problems import BadFile, Problem
from clientela.rules.clock_time import local_date, to_exact

if TYPE_CHECKING:
    from clientela.integrations.business_file.bookings import AppointmentEntry

_WALLS: Final = frozenset({"starts", "ends"})
_COMPUTED: Final = frozenset({"at", "tzdata"})
_LASTING: Final = frozenset({"birthday"})
_OUTCOMES: Final = frozenset({"attended", "no_show"})
_DATE_LENGTH: Final = len("2026-11-24")


def moved_to_this_week(document: BusinessFile, *, now: datetime) -> BusinessFile:
    """Return the document with its anchor's week moved to the week of ``now``.

    The week is that of the first location's calendar. An appointment that has not begun cannot have
    been attended or missed: it is confirmed again. Refused without an anchor, and where money moved (``BadFile``):
    the dates of books stay.
    """
    if document.anchor is None:
        raise BadFile([Problem("/anchor", "is missing; only a file with an anchor can be moved")])
    if document.movements:
        raise BadFile([Problem("/movements", "have the dates of the books, which cannot be moved")])
    today = local_date(now, document.locations[0].zone)
    shift = today - timedelta(days=today.weekday()) - document.anchor
    moved = BusinessFile.model_validate(_moved(document.model_dump(exclude_defaults=True), shift))
    zones = {location.key: location.zone for location in moved.locations}
    first = moved.locations[0].zone
    return moved.model_copy(
        update={
            "appointments": [
                _not_yet_settled(entry, zone=zones.get(entry.location or "", first), now=now)
                for entry in moved.appointments
            ]
        }
    )


def _moved(part: Any, shift: timedelta) -> Any:  # noqa: ANN401 -- a tree of plain values
    """The same tree, later by the shift."""
    if isinstance(part, dict):
        return {
            word: value if word in _LASTING else _moved_value(word, value, shift)
            for word, value in part.items()
            if word not in _COMPUTED
        }
    if isinstance(part, list):
        return [_moved(item, shift) for item in part]
    if isinstance(part, date):
        return part + shift
    return part


def _moved_value(word: str, value: Any, shift: timedelta) -> Any:  # noqa: ANN401 -- likewise
    if word in _WALLS and isinstance(value, str):
        on, rest = value[:_DATE_LENGTH], value[_DATE_LENGTH:]
        return (date.fromisoformat(on) + shift).isoformat() + rest.removesuffix(" again")
    return _moved(value, shift)


def _not_yet_settled(entry: AppointmentEntry, *, zone: str, now: datetime) -> AppointmentEntry:
    """The entry, without an outcome that lies ahead."""
    if entry.status not in _OUTCOMES:
        return entry
    on, minute, _ = parse_wall(entry.starts)
    starts_at = to_exact(on=on, minute=minute, zone_name=zone, gap="after", overlap="first")
    return entry.model_copy(update={"status": "confirmed"}) if starts_at > now else entry
