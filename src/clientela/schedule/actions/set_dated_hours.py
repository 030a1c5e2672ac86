"""Replace a resource's hours on one date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from clientela.business.models import Location, Professional, Resource
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.rules.weekly_hours import DatedRow
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.actions.set_weekly_hours import record_hours_changed
from clientela.schedule.errors import HoursRefused
from clientela.schedule.models import DatedHours


def set_dated_hours(
    *,
    resource: Resource | Professional,
    location: Location,
    on: date,
    rows: Sequence[tuple[int, int]] | None,
    closed: bool = False,
    text: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Make one local date differ: ``rows`` of (opens, closes) minutes, or ``closed``, or neither.

    With neither (``rows=None``, not closed) the date follows the weekly hours again.
    Refuses ``HoursRefused`` for minutes that are no stretch of a day.
    """
    target = resource.resource if isinstance(resource, Professional) else resource
    stretches: list[tuple[int | None, int | None]] = [(None, None)] if closed else [*(rows or ())]
    try:
        checked = [DatedRow(on, *stretch) for stretch in stretches]
    except ValueError as error:
        raise HoursRefused(field="rows") from error
    with transaction.atomic():
        lock(keys=[target.pk])
        DatedHours.objects.filter(resource=target, location=location, on=on).delete()
        DatedHours.objects.bulk_create(
            DatedHours(
                business_id=location.business_id,
                resource=target,
                location=location,
                on=row.on,
                opens_minute=row.opens_minute,
                closes_minute=row.closes_minute,
                note=line(text, limit=200),
            )
            for row in checked
        )
        rebuild_open_blocks(resources=[target], location=location, now=now)
        record_hours_changed(
            resource=target, location=location, by=by, now=now, action="dated-hours-set"
        )
