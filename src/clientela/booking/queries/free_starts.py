"""Which starts a service offers on some dates: the busiest question of all, in two narrow statements.

The same answer as ``slot_texts`` (a test compares the two), without a single model instance: constant SQL, masks
by the row, text by the day. What is rare (rooms and machines, groups, masks not kept yet) goes the longer way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from clientela.booking.queries.slot_texts import slot_texts
from clientela.business.models import Business, Location
from clientela.catalogue.models import Service
from clientela.platform.tenancy import require_scope
from clientela.rules.availability import grid_mask, window_mask
from clientela.rules.booking_window import BookingWindow, window_interval
from clientela.rules.clock_time import to_exact, tzdata_version
from clientela.rules.frame import Frame
from clientela.rules.interval import Interval
from clientela.rules.mask_blocks import BLOCK_BYTES, blocks_between, from_blocks
from clientela.rules.slots import PROFESSIONAL, Need, ResourceTime, ServiceTime, offered_slots
from clientela.rules.start_times import start_texts

_TERMS: Final = """
SELECT s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.grid_minutes,
       s.lead_minutes, s.horizon_days, l.id, l.zone,
       u.is_open AND COALESCE(p.online_booking, u.is_open),
       s.capacity > 1 OR EXISTS (SELECT 1 FROM catalogue_serviceneed n WHERE n.service_id = s.id)
  FROM catalogue_service s
  JOIN business_business u ON u.id = s.business_id
  JOIN business_location l ON l.business_id = s.business_id AND l.is_active
  LEFT JOIN business_bookingpolicy p ON p.business_id = s.business_id
 WHERE s.id = %s AND s.business_id = %s AND s.is_active AND s.is_online AND (l.id = %s OR %s)
 ORDER BY l.position, l.id LIMIT 1
"""
_MASKS: Final = """
SELECT f.professional_id, o.block, o.cells, b.cells
  FROM catalogue_serviceprofessional f
  JOIN business_professional p ON p.resource_id = f.professional_id AND p.is_online
  JOIN business_resource r ON r.id = f.professional_id AND r.is_active
  LEFT JOIN schedule_openblock o ON o.resource_id = f.professional_id AND o.location_id = %s
       AND o.block >= %s AND o.block < %s AND o.tzdata = %s
  LEFT JOIN booking_busyblock b ON b.resource_id = f.professional_id AND b.block = o.block
 WHERE f.service_id = %s AND (f.professional_id = %s OR %s)
"""
_ID: Final = UUIDField()
_CLOSED: Final = bytes(BLOCK_BYTES)


@dataclass(frozen=True, slots=True)
class FreeStarts:
    """The zone the texts are in, and the starts in order: ISO 8601 with the offset of each instant."""

    zone: str
    starts: list[str]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the first statement found."""

    time: ServiceTime
    grid_minutes: int
    window: BookingWindow
    location_id: UUID
    zone: str
    is_open: bool
    is_involved: bool


def free_starts(
    *,
    business_id: UUID,
    service_id: UUID,
    location_id: UUID | None = None,
    professional_id: UUID | None = None,
    from_on: date,
    until_on: date,
    zone: str = "",
    now: datetime,
) -> FreeStarts | None:
    """Return what clients are offered on the dates ``[from_on, until_on)`` of ``zone`` (default: the location's).

    ``None`` when the business offers no such service online, or has no such active location. Two statements, whatever the
    number of people and days, where the service needs a professional only and its masks are kept.
    """
    terms = _terms(business_id, service_id, location_id)
    if terms is None:
        return None
    shown_in = zone or terms.zone
    from_at, until_at = _midnight(from_on, shown_in), _midnight(until_on, shown_in)
    edges = window_interval(window=terms.window, now=now, zone_name=terms.zone)
    if not terms.is_open or edges is None:
        return FreeStarts(shown_in, [])
    start, end = max(from_at, edges.start), min(until_at, edges.end)
    if start >= end:
        return FreeStarts(shown_in, [])
    frame = _frame(start, end, terms.time)
    masks = None if terms.is_involved else _masks(terms, service_id, professional_id, frame)
    if masks is None:
        return FreeStarts(
            shown_in,
            _the_longer_way(
                business_id, service_id, terms, professional_id, from_at, until_at, shown_in, now
            ),
        )
    permitted = grid_mask(
        zone_name=terms.zone, grid_minutes=terms.grid_minutes, frame=frame
    ) & window_mask(window=Interval(start, end), frame=frame)
    offered = offered_slots(
        needs=[Need(PROFESSIONAL, tuple(masks))], time=terms.time, permitted=permitted
    )
    return FreeStarts(shown_in, start_texts(mask=offered, frame=frame, zone_name=shown_in))


def _terms(business_id: UUID, service_id: UUID, location_id: UUID | None) -> _Terms | None:
    scope = require_scope()
    if scope.kind == "business" and scope.id != business_id:
        return None
    row = _rows(
        _TERMS, [_key(service_id), _key(business_id), _key(location_id), location_id is None]
    )
    if not row:
        return None
    duration, before, after, grid, lead, horizon, place, zone, is_open, is_involved = row[0]
    return _Terms(
        time=ServiceTime(duration, before, after),
        grid_minutes=grid,
        window=BookingWindow(lead, horizon),
        location_id=place if isinstance(place, UUID) else UUID(place),
        zone=zone,
        is_open=bool(is_open),
        is_involved=bool(is_involved),
    )


def _masks(
    terms: _Terms, service_id: UUID, professional_id: UUID | None, frame: Frame
) -> list[ResourceTime] | None:
    """Return everyone's masks, or ``None`` when somebody's open time is not kept for all of the frame."""
    wanted = blocks_between(frame.origin, frame.end)
    opens: dict[Any, dict[int, bytes]] = {}
    busies: dict[Any, dict[int, bytes]] = {}
    for person, block, open_cells, busy_cells in _rows(
        _MASKS,
        [
            _key(terms.location_id),
            wanted.start,
            wanted.stop,
            tzdata_version(),
            _key(service_id),
            _key(professional_id),
            professional_id is None,
        ],
    ):
        if block is None:
            return None
        opens.setdefault(person, {})[block] = bytes(open_cells) or _CLOSED
        if busy_cells is not None:
            busies.setdefault(person, {})[block] = bytes(busy_cells)
    if any(len(blocks) != len(wanted) for blocks in opens.values()):
        return None
    # Colleagues with the same hours share one mask: it is joined, and later worked on, once.
    joined: dict[tuple[tuple[int, bytes], ...], int] = {}
    found = []
    for person, blocks in opens.items():
        key = tuple(sorted(blocks.items()))
        if key not in joined:
            joined[key] = from_blocks(blocks=blocks, frame=frame)
        busy = from_blocks(blocks=busies[person], frame=frame) if person in busies else 0
        found.append(ResourceTime(person, busy, joined[key]))
    return found


def _the_longer_way(
    business_id: UUID,
    service_id: UUID,
    terms: _Terms,
    professional_id: UUID | None,
    from_at: datetime,
    until_at: datetime,
    zone: str,
    now: datetime,
) -> list[str]:
    return slot_texts(
        business=Business.objects.get(pk=business_id),
        service=Service.objects.get(pk=service_id),
        location=Location.objects.get(pk=terms.location_id),
        professional_id=professional_id,
        from_at=from_at,
        until_at=until_at,
        zone=zone,
        now=now,
    )


def _frame(start: datetime, end: datetime, time: ServiceTime) -> Frame:
    return Frame.covering(
        start - timedelta(minutes=time.before_minutes),
        end + timedelta(minutes=time.duration_minutes + time.after_minutes),
    )


def _midnight(on: date, zone: str) -> datetime:
    return to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")


def _key(value: UUID | None) -> Any:  # noqa: ANN401 -- each engine keeps a key in its own type
    return None if value is None else _ID.get_db_prep_value(value, connection)


def _rows(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
