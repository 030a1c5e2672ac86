"""The short way to free starts: everything about a plain service in one read.

Availability is asked more often than everything else together, and the ORM costs more than the
answer. So a service that needs nobody but a professional, and is not a group, is answered from one
fixed statement that joins what it is, who gives it and the kept masks. Whatever is unusual (rooms,
groups, masks that are missing or were made with other zone data) gives ``None``, and the caller
takes the long way of ``open_slots``; a test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from clientela.platform.database import read_rows
from clientela.platform.tenancy import require_scope
from clientela.rules.booking_window import BookingWindow
from clientela.rules.clock_time import tzdata_version
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import BLOCK_DAYS, EMPTY_BLOCK, blocks_between, from_blocks
from clientela.rules.slots import PROFESSIONAL, Need, ResourceTime, ServiceTime

if TYPE_CHECKING:
    from collections.abc import Iterable

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
# The zone that the dates are meant in is only known after the read: no zone is further away than this,
# and an appointment with its buffers lasts at most so long.
_MARGIN: Final = timedelta(days=3)

_FIRST_LOCATION: Final = """
    (SELECT first.id FROM business_location AS first
      WHERE first.business_id = service.business_id AND first.is_active
      ORDER BY first.position, first.id LIMIT 1)"""
_READ: Final = """
SELECT service.duration_minutes, service.buffer_before_minutes, service.buffer_after_minutes,
       service.grid_minutes, service.lead_minutes, service.horizon_days, service.capacity,
       EXISTS (SELECT 1 FROM catalogue_serviceneed AS need WHERE need.service_id = service.id),
       location.zone, offer.professional_id, opened.block, opened.tzdata, opened.cells, busy.cells
  FROM catalogue_service AS service
  JOIN business_business AS business ON business.id = service.business_id AND business.is_open
  JOIN business_bookingpolicy AS policy ON policy.business_id = business.id AND policy.online_booking
  JOIN business_location AS location
    ON location.business_id = business.id AND location.is_active AND location.id = {location}
  JOIN catalogue_serviceprofessional AS offer ON offer.service_id = service.id{professional}
  JOIN business_professional AS professional
    ON professional.resource_id = offer.professional_id AND professional.is_online
  JOIN business_resource AS resource
    ON resource.id = offer.professional_id AND resource.is_active
  LEFT JOIN schedule_openblock AS opened
    ON opened.resource_id = offer.professional_id AND opened.location_id = location.id
   AND opened.block >= %s AND opened.block < %s
  LEFT JOIN booking_busyblock AS busy
    ON busy.resource_id = offer.professional_id AND busy.block = opened.block
 WHERE service.id = %s AND service.business_id = %s AND service.is_active AND service.is_online
"""
# Four fixed statements: nothing of a request ever enters the text.
_STATEMENTS: Final = {
    (named, chosen): _READ.format(
        location="%s" if named else _FIRST_LOCATION,
        professional=" AND offer.professional_id = %s" if chosen else "",
    )
    for named in (False, True)
    for chosen in (False, True)
}


@dataclass(frozen=True, slots=True)
class PlainOffer:
    """A plain service with its terms, and the kept masks of everyone who gives it."""

    zone: str
    time: ServiceTime
    grid_minutes: int
    window: BookingWindow
    blocks: dict[Any, dict[int, tuple[bytes, bytes]]]

    def needs(self, frame: Frame) -> list[Need] | None:
        """The one need with its masks; ``None`` if a block of the frame is not kept."""
        wanted = blocks_between(frame.origin, frame.end)
        joined: dict[tuple[bytes, ...], int] = {}
        people = []
        for person, kept in self.blocks.items():
            if any(block not in kept for block in wanted):
                return None
            opened = tuple(kept[block][0] for block in wanted)
            if opened not in joined:  # colleagues with the same hours share one mask
                joined[opened] = _mask(wanted, opened, frame)
            busy = tuple(kept[block][1] for block in wanted)
            taken = _mask(wanted, busy, frame) if any(busy) else 0
            people.append(ResourceTime(person, taken, joined[opened]))
        return [Need(PROFESSIONAL, tuple(people))]


def read_plain_offer(
    *,
    service_id: UUID,
    location_id: UUID | None,
    professional_id: UUID | None,
    from_on: date,
    until_on: date,
) -> PlainOffer | None:
    """Read a service of the scope's business for the dates ``[from_on, until_on)``; one statement.

    ``None`` when the short way does not apply, also when there is no such service.
    """
    first, last = _blocks_around(from_on, until_on)
    scope = require_scope()
    wanted = [
        *([location_id] if location_id else []),
        *([professional_id] if professional_id else []),
    ]
    rows = read_rows(
        _STATEMENTS[location_id is not None, professional_id is not None],
        [*wanted, first, last + 1, service_id, scope.id],
    )
    return _offer(rows, tzdata=tzdata_version())


def _offer(rows: list[tuple[Any, ...]], *, tzdata: str) -> PlainOffer | None:
    if not rows:
        return None
    duration, before, after, grid, lead, horizon, capacity, has_needs, zone = rows[0][:9]
    if capacity != 1 or has_needs:
        return None
    blocks: dict[Any, dict[int, tuple[bytes, bytes]]] = {}
    for *_, person, block, made_with, opened, busy in rows:
        if made_with != tzdata:
            return None
        blocks.setdefault(person, {})[block] = (bytes(opened), bytes(busy or b""))
    return PlainOffer(
        zone=zone,
        time=ServiceTime(duration_minutes=duration, before_minutes=before, after_minutes=after),
        grid_minutes=grid,
        window=BookingWindow(lead, horizon),
        blocks=blocks,
    )


def _mask(wanted: Iterable[int], cells: tuple[bytes, ...], frame: Frame) -> int:
    blocks = {block: one or EMPTY_BLOCK for block, one in zip(wanted, cells, strict=True)}
    return from_blocks(blocks=blocks, frame=frame)


def _blocks_around(from_on: date, until_on: date) -> tuple[int, int]:
    first = (from_on - _MARGIN).toordinal() - _EPOCH_DAY
    last = (until_on + _MARGIN).toordinal() - _EPOCH_DAY
    return first // BLOCK_DAYS, last // BLOCK_DAYS
