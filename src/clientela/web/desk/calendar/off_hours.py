"""Why a stretch of somebody's day is hatched: before or after work, a break, time off, or a closed house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.rules.availability import mask_of, spans_of
from clientela.web.design import times
from clientela.web.desk.calendar.week import Week


@dataclass(frozen=True, slots=True)
class Off:
    """A closed stretch with its reason in words."""

    starts_at: datetime
    ends_at: datetime
    words: str


def off_hours(week: Week, resource_id: UUID, on: date) -> list[Off]:
    """Return when somebody or something cannot be booked that day, and why, in order of time."""
    cells = week.cells(on)
    opened = week.open[resource_id] & cells
    absences = [row for row in week.time_off if row.resource_id == resource_id]
    away = (
        mask_of(spans=[(row.starts_at, row.ends_at) for row in absences], frame=week.frame) & cells
    )
    closed = cells ^ (cells & (opened | away))
    found = [
        Off(start, end, row.reason or _("Time off"))
        for row in absences
        for start, end in _spans(
            mask_of(spans=[(row.starts_at, row.ends_at)], frame=week.frame) & cells, week
        )
    ]
    found += _closed(week, closed, opened, on)
    return sorted(found, key=lambda one: one.starts_at)


def _closed(week: Week, closed: int, opened: int, on: date) -> Iterable[Off]:
    """Closed stretches, each by where it lies around the working hours."""
    work = _spans(opened, week)
    for start, end in _spans(closed, week):
        yield Off(start, end, _words(week, start, end, work, on))


def _words(
    week: Week,
    start: datetime,
    end: datetime,
    work: list[tuple[datetime, datetime]],
    on: date,
) -> str:
    if not work:
        return _house_closed(week, on) or _("Not working today")
    if end <= work[0][0]:
        return _("Starts at %(time)s") % {"time": times.clock(work[0][0], week.zone)}
    if start >= work[-1][1]:
        return _("Ends at %(time)s") % {"time": times.clock(work[-1][1], week.zone)}
    return _("Break")


def _house_closed(week: Week, on: date) -> str:
    """What the closure of that day says, if the house is closed."""
    row = next((one for one in week.closures if one.from_on <= on < one.until_on), None)
    if row is None:
        return ""
    return _("Closed: %(reason)s") % {"reason": row.reason} if row.reason else _("Closed")


def _spans(mask: int, week: Week) -> list[tuple[datetime, datetime]]:
    return spans_of(mask=mask, frame=week.frame)
