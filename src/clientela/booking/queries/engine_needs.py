"""The needs of a service with their masks, as ``rules/slots.py`` takes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.booking.models import Appointment
from clientela.booking.queries.busy_masks import busy_masks
from clientela.booking.queries.supply import Supply
from clientela.business.models import Location
from clientela.rules.frame import EPOCH, Frame
from clientela.rules.slots import Need, ResourceTime, ServiceTime
from clientela.schedule.queries.open_masks import open_masks


def exact(at: datetime) -> datetime:
    """Return the same instant in UTC, however its offset was written."""
    return EPOCH + (at - EPOCH)


def frame_around(*, from_at: datetime, until_at: datetime, time: ServiceTime) -> Frame:
    """Return the frame in which every start in ``[from_at, until_at)`` is answered exactly."""
    before = timedelta(minutes=time.before_minutes)
    after = timedelta(minutes=time.duration_minutes + time.after_minutes)
    return Frame.covering(exact(from_at) - before, exact(until_at) + after)


def engine_needs(
    *,
    supply: Supply,
    location: Location,
    frame: Frame,
    ignoring: Appointment | None = None,
    outside_hours: bool = False,
) -> list[Need]:
    """Return every need with the open and busy masks of its candidates: two queries as a rule.

    ``outside_hours`` leaves the hours out of account (a staff override); what is taken is never left out.
    """
    ids = supply.resource_ids
    busy = busy_masks(resource_ids=ids, frame=frame, ignoring=ignoring)
    hours = {} if outside_hours else open_masks(resource_ids=ids, location=location, frame=frame)
    times = {one: ResourceTime(one, busy[one], hours.get(one)) for one in ids}
    return [
        Need(need.kind, tuple(times[one] for one in need.resource_ids)) for need in supply.needs
    ]
