"""What is taken of resources, as masks: from the kept blocks, and recounted from the occupancies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment, Occupancy
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.availability import mask_of
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import block_frame, blocks_between, from_blocks, to_blocks

Spans = dict[UUID, list[tuple[datetime, datetime]]]

# Every booking and every calendar asks this, so it goes past the ORM.
_READ: Final = """
SELECT busy.resource_id, busy.block, busy.cells
  FROM booking_busyblock AS busy
 WHERE (%s OR busy.business_id = %s) AND busy.block >= %s AND busy.block < %s
   AND busy.resource_id IN ({})
"""


def busy_masks(
    *, resource_ids: Collection[UUID], frame: Frame, ignoring: Appointment | None = None
) -> dict[UUID, int]:
    """Return the taken cells of each resource, buffers included: one query, two when ignoring one.

    ``ignoring`` gives back what that appointment holds itself: exact, as occupancies never overlap.
    """
    kept = kept_blocks(resource_ids=resource_ids, blocks=blocks_between(frame.origin, frame.end))
    masks = {
        one: from_blocks(blocks=kept[one], frame=frame) if one in kept else 0
        for one in resource_ids
    }
    if ignoring is not None:
        for resource_id, starts_at, ends_at in ignoring_spans(ignoring):
            if resource_id in masks:
                own = mask_of(spans=[(starts_at, ends_at)], frame=frame)
                masks[resource_id] ^= masks[resource_id] & own
    return masks


def kept_blocks(*, resource_ids: Collection[UUID], blocks: range) -> dict[UUID, dict[int, bytes]]:
    """Return the kept busy blocks of resources by number; what is missing is free. One query."""
    if not resource_ids:
        return {}
    statement = _READ.format(", ".join(["%s"] * len(resource_ids)))
    kept: dict[UUID, dict[int, bytes]] = {}
    for resource_id, block, cells in read_rows(
        statement, [*tenant_filter(), blocks.start, blocks.stop, *resource_ids]
    ):
        kept.setdefault(as_uuid(resource_id), {})[block] = bytes(cells)
    return kept


def ignoring_spans(appointment: Appointment) -> list[tuple[UUID, datetime, datetime]]:
    """Return what one appointment itself holds."""
    return list(
        Occupancy.objects.filter(appointment=appointment).values_list(
            "resource_id", "starts_at", "ends_at"
        )
    )


def recounted_blocks(*, resource_id: UUID) -> dict[int, bytes]:
    """Return the busy blocks of a resource as its occupancies say; empty blocks are left out.

    The truth that ``BusyBlock`` rows must equal: the tests and ``clientela audit`` compare the two.
    """
    spans = list(Occupancy.objects.filter(resource=resource_id).values_list("starts_at", "ends_at"))
    found: dict[int, bytes] = {}
    touched = {block for span in spans for block in blocks_between(*span)}
    for block in touched:
        frame = block_frame(block)
        found |= to_blocks(mask=mask_of(spans=spans, frame=frame), frame=frame)
    return found
