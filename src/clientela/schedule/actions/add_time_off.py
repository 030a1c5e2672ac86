"""Take a resource out of use for a stretch of time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Professional, Resource
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.rules.frame import CELL, EPOCH
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.errors import TimeOffRefused
from clientela.schedule.events import TimeOffAdded
from clientela.schedule.models import TimeOff


def add_time_off(
    *,
    resource: Resource | Professional,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> TimeOff:
    """Add an absence ``[starts_at, ends_at)``, exact time on the five-minute grid, at every location.

    Nothing new is booked into it; what is booked already stays and is listed by
    ``booking.queries.clashes``. Refuses ``TimeOffRefused``.
    """
    target = resource.resource if isinstance(resource, Professional) else resource
    if starts_at >= ends_at or (starts_at - EPOCH) % CELL or (ends_at - EPOCH) % CELL:
        raise TimeOffRefused(field="ends_at")
    with transaction.atomic():
        lock(keys=[target.pk])
        absence = TimeOff.objects.create(
            business_id=target.business_id,
            resource=target,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=line(reason, limit=200),
        )
        rebuild_open_blocks(resources=[target], now=now)
        note(action="time-off-added", subject=absence, by=by, now=now)
        record(
            TimeOffAdded(
                business_id=target.business_id,
                time_off_id=absence.pk,
                resource_id=target.pk,
                starts_at=starts_at,
                ends_at=ends_at,
            ),
            now=now,
        )
    return absence
