"""What is taken of resources, as masks: from the kept blocks, and recounted from the occupancies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from clientela.booking.models import Appointment, BusyBlock, Occupancy
from clientela.rules.availability import mask_of
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import block_frame, blocks_between, from_blocks, to_blocks

Spans = dict[UUID, list[tuple[datetime, datetime]]]


def busy_masks(
    *, resource_ids: Collection[UUID], frame: Frame, ignoring: Appointment | None = None
) -> dict[UUID, int]:
    """Return the taken cells of each resource, buffers included: one query, two when ignoring one.

    ``ignoring`` gives back what that appointment holds itself: exact, as occupancies never overlap.
    """
    wanted = blocks_between(frame.origin, frame.end)
    kept: dict[UUID, dict[int, bytes]] = {}
    for resource_id, block, cells in BusyBlock.objects.filter(
        resource__in=list(resource_ids), block__gte=wanted.start, block__lt=wanted.stop
    ).values_list("resource_id", "block", "cells"):
        kept.setdefault(resource_id, {})[block] = bytes(cells)
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
