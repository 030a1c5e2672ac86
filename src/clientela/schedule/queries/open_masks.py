"""When resources are open, as masks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from clientela.business.models import Location
from clientela.rules.availability import mask_of, open_mask
from clientela.rules.clock_time import tzdata_version
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import EMPTY_BLOCK, blocks_between, from_blocks
from clientela.schedule.models import OpenBlock
from clientela.schedule.queries.timetables import absences, timetables


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
    kept: dict[UUID, dict[int, bytes]] = {one: {} for one in resource_ids}
    for resource_id, block, cells in OpenBlock.objects.filter(
        resource__in=list(resource_ids),
        location=location,
        block__gte=wanted.start,
        block__lt=wanted.stop,
        tzdata=tzdata_version(),
    ).values_list("resource_id", "block", "cells"):
        kept[resource_id][block] = bytes(cells)
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
