"""When resources are open, as masks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from clientela.business.models import Location
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.availability import mask_of, open_mask
from clientela.rules.clock_time import tzdata_version
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import EMPTY_BLOCK, blocks_between, from_blocks
from clientela.schedule.queries.timetables import absences, timetables

# Every booking and every calendar asks this, so it goes past the ORM.
_READ: Final = """
SELECT opened.resource_id, opened.block, opened.cells
  FROM schedule_openblock AS opened
 WHERE (%s OR opened.business_id = %s) AND opened.location_id = %s
   AND opened.block >= %s AND opened.block < %s AND opened.tzdata = %s
   AND opened.resource_id IN ({})
"""


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """A resource's open time taken apart: its hours with exceptions and closures, and its absences."""

    hours: int
    time_off: int

    @property
    def open_cells(self) -> int:
        """Hours without absences."""
        return self.hours ^ (self.hours & self.time_off)


def open_masks(
    *, resource_ids: Collection[UUID], location: Location, frame: Frame
) -> dict[UUID, int]:
    """Return the open cells of each resource at a location; one query when all blocks are kept.

    Blocks that are missing, or were made with other time zone data, are computed on the fly from
    the hours: five queries more, the same answer. Equal masks are one object.
    """
    wanted = blocks_between(frame.origin, frame.end)
    kept = _kept_blocks(resource_ids, location, wanted)
    complete = {one: blocks for one, blocks in kept.items() if len(blocks) == len(wanted)}
    masks = _assembled(complete, frame)
    missing = kept.keys() - complete.keys()
    if missing:
        facts = open_facts(resource_ids=missing, location=location, frame=frame)
        masks |= {one: found.open_cells for one, found in facts.items()}
    return masks


def open_facts(
    *, resource_ids: Collection[UUID], location: Location, frame: Frame
) -> dict[UUID, OpenFacts]:
    """Return hours and absences of each resource at a location, always computed from the rows. Five queries."""
    tables = timetables(resource_ids=resource_ids, location_id=location.pk)
    away = absences(resource_ids=resource_ids, from_at=frame.origin, until_at=frame.end)
    return {
        one: OpenFacts(
            hours=open_mask(hours=table, zone_name=location.zone, frame=frame),
            time_off=mask_of(spans=away[one], frame=frame) if one in away else 0,
        )
        for one, table in tables.items()
    }


def _kept_blocks(
    resource_ids: Collection[UUID], location: Location, wanted: range
) -> dict[UUID, dict[int, bytes]]:
    """Return the blocks that are kept and were made with the zone data in force; each resource has an entry."""
    kept: dict[UUID, dict[int, bytes]] = {one: {} for one in resource_ids}
    if kept:
        statement = _READ.format(", ".join(["%s"] * len(kept)))
        place = [location.pk, wanted.start, wanted.stop, tzdata_version()]
        for resource_id, block, cells in read_rows(statement, [*tenant_filter(), *place, *kept]):
            kept[as_uuid(resource_id)][block] = bytes(cells)
    return kept


def _assembled(kept: dict[UUID, dict[int, bytes]], frame: Frame) -> dict[UUID, int]:
    """Join blocks to masks; colleagues with the same hours share one mask, so it is joined once."""
    seen: dict[tuple[bytes, ...], int] = {}
    masks = {}
    for one, blocks in kept.items():
        key = tuple(cells for _, cells in sorted(blocks.items()))
        if key not in seen:
            full = {number: cells or EMPTY_BLOCK for number, cells in blocks.items()}
            seen[key] = from_blocks(blocks=full, frame=frame)
        masks[one] = seen[key]
    return masks
