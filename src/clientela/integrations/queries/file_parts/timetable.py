"""Hours, exceptions, absences and closures, as entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from clientela.business.models import Location
from clientela.integrations.business_file.fields import stretch_text, wall_words
from clientela.integrations.business_file.timetable import (
    WEEKDAYS,
    ClosureEntry,
    ExceptionEntry,
    HoursEntry,
    TimeOffEntry,
    Weekday,
)
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.rules.weekly_hours import merge_minutes
from clientela.schedule.models import Closure, DatedHours, TimeOff, WeeklyHours

_Stretches = list[tuple[int, int]]


def hours_entries(keys: RowKeys) -> list[HoursEntry]:
    """Return the weeks, one entry per resource, location and validity; touching stretches joined."""
    weeks: dict[tuple[Any, ...], dict[int, _Stretches]] = defaultdict(lambda: defaultdict(list))
    for row in WeeklyHours.objects.values_list(
        "resource_id", "location_id", "valid_from", "valid_until", "weekday", "opens_minute",
        "closes_minute",
    ):  # fmt: skip
        weeks[row[:4]][row[4]].append(row[5:])
    order = _Order(keys)
    return [
        HoursEntry(
            resource=keys.occupiable[resource],
            location=keys.location(location),
            valid_from=valid_from,
            valid_until=valid_until,
            week=_week(week),
        )
        for (resource, location, valid_from, valid_until), week in sorted(
            weeks.items(),
            key=lambda item: (
                *order.of(item[0][0], item[0][1]),
                item[0][2] or date.min,
                item[0][3] or date.max,
            ),
        )
    ]


def _week(week: dict[int, _Stretches]) -> dict[Weekday, list[str]]:
    return {
        WEEKDAYS[day]: [stretch_text(*stretch) for stretch in merge_minutes(week[day])]
        for day in sorted(week)
    }


def exception_entries(keys: RowKeys) -> list[ExceptionEntry]:
    """Return the dated hours, one entry per date, resource, location and note."""
    days: dict[tuple[Any, ...], _Stretches] = defaultdict(list)
    for *day, opens, closes in DatedHours.objects.values_list(
        "on", "resource_id", "location_id", "note", "opens_minute", "closes_minute"
    ):
        stretches_of_day = days[tuple(day)]
        if opens is not None and closes is not None:
            stretches_of_day.append((opens, closes))
    order = _Order(keys)
    return [
        ExceptionEntry(
            resource=keys.occupiable[resource],
            location=keys.location(location),
            on=on,
            open=[stretch_text(*stretch) for stretch in merge_minutes(stretches)],
            note=note,
        )
        for (on, resource, location, note), stretches in sorted(
            days.items(),
            key=lambda item: (item[0][0], *order.of(item[0][1], item[0][2]), item[0][3]),
        )
    ]


def time_off_entries(keys: RowKeys) -> list[TimeOffEntry]:
    """Return the absences by their start, told by the first location's clocks."""
    zone = Location.objects.order_by("position", "id").values_list("zone", flat=True)[0]
    order = list(keys.occupiable)
    rows: list[tuple[UUID, datetime, datetime, str]] = sorted(
        TimeOff.objects.values_list("resource_id", "starts_at", "ends_at", "reason"),
        key=lambda row: (row[1], row[2], order.index(row[0]), row[3]),
    )
    return [
        TimeOffEntry(
            resource=keys.occupiable[resource],
            starts=wall_words(starts_at, zone=zone),
            ends=wall_words(ends_at, zone=zone),
            reason=reason,
        )
        for resource, starts_at, ends_at, reason in rows
    ]


def closure_entries(keys: RowKeys) -> list[ClosureEntry]:
    """Return the closures by date and location."""
    order = list(keys.locations)
    rows = sorted(
        Closure.objects.values_list("from_on", "until_on", "location_id", "reason"),
        key=lambda row: (row[0], row[1], order.index(row[2]), row[3]),
    )
    return [
        ClosureEntry(
            location=keys.location(location), from_on=from_on, until_on=until_on, reason=reason
        )
        for from_on, until_on, location, reason in rows
    ]


class _Order:
    """The places of resources and locations in the file."""

    def __init__(self, keys: RowKeys) -> None:
        self.occupiable = {pk: number for number, pk in enumerate(keys.occupiable)}
        self.locations = {pk: number for number, pk in enumerate(keys.locations)}

    def of(self, resource: UUID, location: UUID) -> tuple[int, int]:
        """Where an entry about both stands."""
        return self.occupiable[resource], self.locations[location]
