"""A time has become free: settle who on the waiting list is told of it, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.models import OfferState, WaitingEntry, WaitingOffer, WaitState
from clientela.booking.queries.waiting_starts import WITH, starts_within
from clientela.booking.slot import Slot
from clientela.platform.ids import uuid7
from clientela.rules.interval import Interval
from clientela.rules.waiting import Turn, Wait, turns

MOST_TURNS: Final = 100
"""Of more people than that only the longest waiting are looked at for one freed time."""
_ANY_ZONE: Final = timedelta(days=1)


def offer_freed_time(
    *,
    business_id: UUID,
    freed: Interval,
    location_id: UUID | None = None,
    given_up_by: UUID | None = None,
    now: datetime,
) -> list[WaitingOffer]:
    """Write the turns of those whom the freed time suits (``rules/waiting.py``), in the caller's transaction.

    At one place, or wherever the business is. Nobody is asked who had the time (the card ``given_up_by``). No time
    is held, and nothing is told yet: ``tell_waiting`` does when a turn comes. Asked again it writes nothing twice.
    """
    if freed.end <= now:
        return []
    waiting = _who_may_want(business_id, freed, location_id, given_up_by, now)
    if not waiting:
        return []
    told = _told_of(waiting)
    slots = _slots(waiting, freed, now)
    due = turns(waits=[_wait(one, slots[one.pk], told.get(one.pk, ())) for one in waiting], now=now)
    rows = [_offer(one, business_id, slots[one.key][one.starts_at], now) for one in due]
    WaitingOffer.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def _who_may_want(
    business_id: UUID,
    freed: Interval,
    location_id: UUID | None,
    given_up_by: UUID | None,
    now: datetime,
) -> list[WaitingEntry]:
    """The longest waiting first, by days with room for any zone: the rule looks at the clock of the place."""
    rows = WaitingEntry.objects.filter(
        business=business_id,
        state=WaitState.WAITING,
        first_day__lte=freed.end.date() + _ANY_ZONE,
        last_day__gte=max(freed.start, now).date() - _ANY_ZONE,
    )
    if location_id is not None:
        rows = rows.filter(location=location_id)
    if given_up_by is not None:
        rows = rows.exclude(client=given_up_by)
    return list(rows.select_related(*WITH).order_by("created_at", "id")[:MOST_TURNS])


def _told_of(waiting: Collection[WaitingEntry]) -> dict[UUID, set[datetime]]:
    """Return the starts for which each has had a turn already, or has one to come."""
    found: dict[UUID, set[datetime]] = {}
    rows = WaitingOffer.objects.filter(entry__in=[one.pk for one in waiting])
    for key, at in rows.values_list("entry_id", "starts_at"):
        found.setdefault(key, set()).add(at)
    return found


def _slots(
    waiting: Collection[WaitingEntry], freed: Interval, now: datetime
) -> dict[UUID, dict[datetime, Slot]]:
    """Ask the calendar once for all who ask the same of it."""
    answers: dict[tuple[UUID | None, ...], dict[datetime, Slot]] = {}
    found = {}
    for one in waiting:
        same = (one.service_id, one.location_id, one.professional_id, one.client.bound_to_id)
        if same not in answers:
            free = starts_within(entry=one, freed=freed, now=now)
            answers[same] = {slot.starts_at: slot for slot in free}
        found[one.pk] = answers[same]
    return found


def _wait(entry: WaitingEntry, slots: dict[datetime, Slot], told: Collection[datetime]) -> Wait:
    return Wait(
        key=entry.pk,
        since=entry.created_at,
        first_day=entry.first_day,
        last_day=entry.last_day,
        from_minute=entry.from_minute,
        until_minute=entry.until_minute,
        zone=entry.location.zone,
        starts=tuple(slots),
        told=told,
    )


def _offer(turn: Turn, business_id: UUID, slot: Slot, now: datetime) -> WaitingOffer:
    return WaitingOffer(
        id=uuid7(),
        business_id=business_id,
        entry_id=turn.key,
        professional_id=slot.professional_ids[0],
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        tell_at=turn.tell_at,
        state=OfferState.DUE,
        created_at=now,
    )
