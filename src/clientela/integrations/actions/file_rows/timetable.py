"""Weekly hours, exceptions, absences and closures."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_stretch
from clientela.integrations.business_file.index import exact
from clientela.integrations.business_file.timetable import WEEKDAYS
from clientela.schedule.models import Closure, DatedHours, TimeOff, WeeklyHours


def insert_timetable(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert when everyone and everything is open; the masks of open time are not made here."""
    WeeklyHours.objects.bulk_create(_weekly(document, ids))
    DatedHours.objects.bulk_create(_dated(document, ids))
    zone = document.locations[0].zone
    TimeOff.objects.bulk_create(
        TimeOff(
            business_id=ids.business,
            resource_id=ids.occupiable[entry.resource],
            starts_at=exact(entry.starts, zone=entry.zone or zone),
            ends_at=exact(entry.ends, zone=entry.zone or zone),
            reason=entry.reason,
        )
        for entry in document.time_off
    )
    Closure.objects.bulk_create(
        Closure(
            business_id=ids.business,
            location_id=ids.location(entry.location),
            from_on=entry.from_on,
            until_on=entry.until_on,
            reason=entry.reason,
        )
        for entry in document.closures
    )


def _weekly(document: BusinessFile, ids: RowIds) -> Iterator[WeeklyHours]:
    for entry in document.hours:
        for weekday, stretches in entry.week.items():
            for opens, closes in map(parse_stretch, stretches):
                yield WeeklyHours(
                    business_id=ids.business,
                    resource_id=ids.occupiable[entry.resource],
                    location_id=ids.location(entry.location),
                    weekday=WEEKDAYS.index(weekday),
                    opens_minute=opens,
                    closes_minute=closes,
                    valid_from=entry.valid_from,
                    valid_until=entry.valid_until,
                )


def _dated(document: BusinessFile, ids: RowIds) -> Iterator[DatedHours]:
    for entry in document.exceptions:
        stretches: list[tuple[int | None, int | None]] = [*map(parse_stretch, entry.open)]
        for opens, closes in stretches or [(None, None)]:
            yield DatedHours(
                business_id=ids.business,
                resource_id=ids.occupiable[entry.resource],
                location_id=ids.location(entry.location),
                on=entry.on,
                opens_minute=opens,
                closes_minute=closes,
                note=entry.note,
            )
