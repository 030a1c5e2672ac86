"""Who and what is taken on one day, in minutes of the wall clock; a paper diary, so to say."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_stretch, parse_wall
from clientela.integrations.business_file.offer import ServiceEntry
from clientela.integrations.business_file.timetable import WEEKDAYS

Stretch = tuple[int, int]
_DAY = 1440


class DayBook:
    """The open hours of a date, and what was written into them."""

    def __init__(self, document: BusinessFile, on: date) -> None:
        self.document = document
        self.on = on
        self.taken: dict[str, list[Stretch]] = defaultdict(list)
        self.guests: set[str] = set()
        self.closed = any(one.from_on <= on < one.until_on for one in document.closures)
        for absence in document.time_off:
            starts, ends = _of_day(absence.starts, on), _of_day(absence.ends, on)
            if starts < ends:
                self.taken[absence.resource].append((starts, ends))

    def hours(self, professional: str) -> list[Stretch]:
        """When someone works that day."""
        if self.closed:
            return []
        for exception in self.document.exceptions:
            if (exception.resource, exception.on) == (professional, self.on):
                return [parse_stretch(text) for text in exception.open]
        weekday = WEEKDAYS[self.on.weekday()]
        return [
            parse_stretch(text)
            for hours in self.document.hours
            if hours.resource == professional
            for text in hours.week.get(weekday, ())
        ]

    def room_for(self, service: ServiceEntry, professional: str, minute: int) -> list[str] | None:
        """Return the rooms and machines for this start, or ``None`` if it is not free."""
        ends = minute + service.duration_minutes
        if not any(
            opens <= minute and ends <= closes for opens, closes in self.hours(professional)
        ):
            return None
        span = _span(service, minute)
        if not self._is_free(professional, span):
            return None
        found: list[str] = []
        for need in service.needs:
            free = (key for key in need.any_of if key not in found and self._is_free(key, span))
            chosen = next(free, None)
            if chosen is None:
                return None
            found.append(chosen)
        return found

    def write(self, service: ServiceEntry, keys: list[str], minute: int) -> None:
        """Take these for a start."""
        for key in keys:
            self.taken[key].append(_span(service, minute))

    def _is_free(self, key: str, span: Stretch) -> bool:
        return all(span[1] <= starts or ends <= span[0] for starts, ends in self.taken[key])


def _span(service: ServiceEntry, minute: int) -> Stretch:
    return (
        minute - service.buffer_before_minutes,
        minute + service.duration_minutes + service.buffer_after_minutes,
    )


def _of_day(wall: str, on: date) -> int:
    """The minutes of a day that lie before a moment."""
    date_of, minute, _ = parse_wall(wall)
    if date_of == on:
        return minute
    return 0 if date_of < on else _DAY


def days(start: date, end: date) -> list[date]:
    """The dates from ``start`` to ``end``, which is left out."""
    return [start + timedelta(days=number) for number in range((end - start).days)]
