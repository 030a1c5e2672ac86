"""Take an absence back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.events import TimeOffRemoved
from clientela.schedule.models import TimeOff


def remove_time_off(*, time_off: TimeOff, by: Actor, now: datetime) -> None:
    """Delete an absence; its stretch can be booked again. Removing it twice changes nothing."""
    resource = time_off.resource
    with transaction.atomic():
        lock(keys=[resource.pk])
        gone, _ = TimeOff.objects.filter(pk=time_off.pk).delete()
        if not gone:
            return
        note(action="time-off-removed", subject=time_off, by=by, now=now)
        rebuild_open_blocks(resources=[resource], now=now)
        record(
            TimeOffRemoved(
                business_id=resource.business_id,
                resource_id=resource.pk,
                starts_at=time_off.starts_at,
                ends_at=time_off.ends_at,
            ),
            now=now,
        )
