"""When people and rooms can be booked: the week, its exceptions, absences and closures."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clientela.integrations.business_file.fields import (
    Entry,
    Key,
    Line200,
    Stretch,
    Wall,
    Zone,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class HoursEntry(Entry):
    """What repeats every week; a break is the time between two stretches of a day.

    ``valid_from`` is the first date it holds on, ``valid_until`` the first it no longer does.
    """

    resource: Key
    location: Key | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    week: dict[Weekday, list[Stretch]]


class ExceptionEntry(Entry):
    """The hours of one date, in place of the weekly ones; an empty list is "closed"."""

    resource: Key
    location: Key | None = None
    on: date
    open: list[Stretch]
    note: Line200 = ""


class TimeOffEntry(Entry):
    """An absence, from and until a wall-clock time of ``zone`` (the first location's if left out)."""

    resource: Key
    starts: Wall
    ends: Wall
    zone: Zone | None = None
    reason: Line200 = ""


class ClosureEntry(Entry):
    """Dates on which a location is shut; ``until_on`` is the first date it is open again."""

    location: Key | None = None
    from_on: date
    until_on: date
    reason: Line200 = ""
