"""Take a closure back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.schedule.actions.add_closure import lock_resources_at
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.events import ClosureRemoved
from clientela.schedule.models import Closure


def remove_closure(*, closure: Closure, by: Actor, now: datetime) -> None:
    """Delete a closure; its dates follow the hours again. Removing it twice changes nothing."""
    location = closure.location
    with transaction.atomic():
        here = lock_resources_at(location=location)
        gone, _ = Closure.objects.filter(pk=closure.pk).delete()
        if not gone:
            return
        note(action="closure-removed", subject=closure, by=by, now=now)
        rebuild_open_blocks(resources=here, location=location, now=now)
        record(
            ClosureRemoved(
                business_id=location.business_id,
                location_id=location.pk,
                from_on=closure.from_on,
                until_on=closure.until_on,
            ),
            now=now,
        )
