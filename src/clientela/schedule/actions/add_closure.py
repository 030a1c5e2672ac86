"""Shut a location on some dates."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from clientela.business.models import Location, Resource, ResourceKind
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.platform.outbox import record
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks
from clientela.schedule.errors import ClosureRefused
from clientela.schedule.events import ClosureAdded
from clientela.schedule.models import Closure


def add_closure(
    *,
    location: Location,
    from_on: date,
    until_on: date,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> Closure:
    """Shut a location on the local dates ``[from_on, until_on)``, whatever the hours say.

    What is booked already stays, and is listed by ``booking.queries.clashes``. Refuses ``ClosureRefused``.
    """
    if from_on >= until_on:
        raise ClosureRefused(field="until_on")
    with transaction.atomic():
        here = lock_resources_at(location=location)
        closure = Closure.objects.create(
            business_id=location.business_id,
            location=location,
            from_on=from_on,
            until_on=until_on,
            reason=line(reason, limit=200),
        )
        rebuild_open_blocks(resources=here, location=location, now=now)
        note(action="closure-added", subject=closure, by=by, now=now)
        record(
            ClosureAdded(
                business_id=location.business_id,
                closure_id=closure.pk,
                location_id=location.pk,
                from_on=from_on,
                until_on=until_on,
            ),
            now=now,
        )
    return closure


def lock_resources_at(*, location: Location) -> list[Resource]:
    """Lock and return everything that can be used at a location; the caller's transaction."""
    here = list(
        Resource.objects.filter(business=location.business_id).filter(
            Q(kind=ResourceKind.PROFESSIONAL) | Q(location__isnull=True) | Q(location=location)
        )
    )
    lock(keys=[one.pk for one in here])
    return here
