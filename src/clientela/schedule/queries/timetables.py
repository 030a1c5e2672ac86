"""Hours, exceptions and absences as the plain values that the rules take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from clientela.business.models import Resource, ResourceKind
from clientela.rules.clock_time import MINUTES_PER_DAY
from clientela.rules.weekly_hours import Closure, DatedRow, HoursRow, WeeklyHours
from clientela.schedule.models import (
    Closure as ClosureRow,
    DatedHours,
    TimeOff,
    WeeklyHours as WeeklyRow,
)

ALWAYS = tuple(HoursRow(weekday, 0, MINUTES_PER_DAY) for weekday in range(7))
"""The week of a room or machine that has no hours of its own: it can be used whenever people work."""


def timetables(*, resource_ids: Collection[UUID], location_id: UUID) -> dict[UUID, WeeklyHours]:
    """Return the timetable of each resource at a location. Four queries, however many resources.

    A professional without hours there is never open; a room or machine without hours always is,
    except on dates that have hours of their own. The location's closures are in every timetable.
    """
    ids = list(resource_ids)
    kinds = dict(Resource.objects.filter(pk__in=ids).values_list("pk", "kind"))
    weekly: dict[UUID, list[HoursRow]] = defaultdict(list)
    for resource_id, weekday, opens, closes, since, until in WeeklyRow.objects.filter(
        resource__in=ids, location=location_id
    ).values_list(
        "resource_id", "weekday", "opens_minute", "closes_minute", "valid_from", "valid_until"
    ):
        weekly[resource_id].append(HoursRow(weekday, opens, closes, since, until))
    dated: dict[UUID, list[DatedRow]] = defaultdict(list)
    for resource_id, on, starts, ends in DatedHours.objects.filter(
        resource__in=ids, location=location_id
    ).values_list("resource_id", "on", "opens_minute", "closes_minute"):
        dated[resource_id].append(DatedRow(on, starts, ends))
    closures = tuple(
        Closure(*row)
        for row in ClosureRow.objects.filter(location=location_id).values_list(
            "from_on", "until_on"
        )
    )
    return {
        one: WeeklyHours(_week(weekly.get(one), kind), tuple(dated.get(one, ())), closures)
        for one, kind in kinds.items()
    }


def absences(
    *, resource_ids: Collection[UUID], from_at: datetime, until_at: datetime
) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """Return the time off of each resource that touches ``[from_at, until_at)``. One query."""
    found: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for resource_id, starts_at, ends_at in TimeOff.objects.filter(
        resource__in=list(resource_ids), starts_at__lt=until_at, ends_at__gt=from_at
    ).values_list("resource_id", "starts_at", "ends_at"):
        found[resource_id].append((starts_at, ends_at))
    return found


def _week(rows: list[HoursRow] | None, kind: str) -> tuple[HoursRow, ...]:
    if rows:
        return tuple(rows)
    return () if kind == ResourceKind.PROFESSIONAL else ALWAYS
