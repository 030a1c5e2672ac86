"""Set the hours that repeat every week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from clientela.business.models import Location, Professional, Resource
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.rules.weekly_hours import HoursRow
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.events import HoursChanged
from clientela.schedule.models import WeeklyHours


def set_weekly_hours(
    *,
    resource: Resource | Professional,
    location: Location,
    rows: Sequence[HoursRow],
    by: Actor,
    now: datetime,
) -> None:
    """Replace a resource's whole week at a location; no rows means no hours there.

    Minutes are the location's wall clock. What is booked outside the new hours stays booked.
    ``HoursRow`` itself refuses (``ValueError``) what is no stretch of a day.
    """
    target = resource.resource if isinstance(resource, Professional) else resource
    with transaction.atomic():
        lock(keys=[target.pk])
        WeeklyHours.objects.filter(resource=target, location=location).delete()
        WeeklyHours.objects.bulk_create(
            WeeklyHours(
                business_id=location.business_id,
                resource=target,
                location=location,
                weekday=row.weekday,
                opens_minute=row.opens_minute,
                closes_minute=row.closes_minute,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in rows
        )
        rebuild_open_blocks(resources=[target], location=location, now=now)
        record_hours_changed(resource=target, location=location, by=by, now=now, action="hours-set")


def record_hours_changed(
    *, resource: Resource, location: Location, by: Actor, now: datetime, action: str
) -> None:
    """Audit and tell that a resource's hours at a location changed; the caller's transaction."""
    note(
        action=action,
        subject=resource,
        by=by,
        now=now,
        details={"location": str(location.pk)},
    )
    record(
        HoursChanged(
            business_id=location.business_id, resource_id=resource.pk, location_id=location.pk
        ),
        now=now,
    )
