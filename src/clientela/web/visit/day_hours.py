"""The working day around an appointment: the ends of the ribbon under its time."""

from __future__ import annotations

from dataclasses import dataclass

from clientela.rules import clock_time
from clientela.rules.availability import spans_of
from clientela.rules.frame import Frame
from clientela.schedule.queries.open_masks import open_masks
from clientela.web.visit.visit import Visit

HOUR = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class DayHours:
    """Opening and closing as clock readings in whole hours, around the appointment too."""

    opens: int
    closes: int


def day_hours(visit: Visit) -> DayHours | None:
    """When the professional works that day, in the reader's zone; nothing for a night across midnight."""
    one, zone = visit.appointment, visit.reading.zone
    on = clock_time.local_date(one.starts_at, zone)
    day = clock_time.day_interval(on, zone)
    if day is None or clock_time.local_date(one.ends_at, zone) != on:
        return None
    frame = Frame.covering(day.start, day.end)
    masks = open_masks(resource_ids=[one.professional_id], location=one.location, frame=frame)
    spans = spans_of(mask=masks.get(one.professional_id, 0), frame=frame)
    start, end = one.starts_at, one.ends_at
    if spans:
        start, end = min(start, spans[0][0]), max(end, spans[-1][1])
    closes = clock_time.minute_of_day(end, zone) or clock_time.MINUTES_PER_DAY
    opens = clock_time.minute_of_day(start, zone)
    return DayHours(opens=opens // HOUR * HOUR, closes=-(-closes // HOUR) * HOUR)
