"""The one path that writes what is taken: occupancies, and the busy masks that must equal them.

Callers hold the locks of the resources (``platform.locking``) and decided inside the transaction; the
database refuses an overlap whatever they decided. Masks are written in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.booking.models import Appointment, BusyBlock, Occupancy, Session
from clientela.booking.queries.busy_masks import kept_blocks
from clientela.platform.database import require_transaction
from clientela.platform.ids import uuid7
from clientela.rules.mask_blocks import EMPTY_BLOCK, block_spans, clear_cells, set_cells


@dataclass(frozen=True, slots=True)
class Taking:
    """A resource to be taken for an appointment or a session, buffers included, half-open."""

    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    appointment_id: UUID | None = None
    session_id: UUID | None = None


def occupy(
    *,
    holder: Appointment | Session,
    resource_ids: Iterable[UUID],
    starts_at: datetime,
    ends_at: datetime,
) -> None:
    """Take resources for an appointment or a session. The database raises ``IntegrityError`` on an overlap."""
    is_session = isinstance(holder, Session)
    occupy_many(
        business_id=holder.business_id,
        takings=[
            Taking(
                resource_id=one,
                starts_at=starts_at,
                ends_at=ends_at,
                appointment_id=None if is_session else holder.pk,
                session_id=holder.pk if is_session else None,
            )
            for one in resource_ids
        ],
    )


def occupy_many(*, business_id: UUID, takings: Sequence[Taking]) -> None:
    """Take many stretches at once (an import): one insert and two mask statements for all of them."""
    require_transaction("occupying")
    Occupancy.objects.bulk_create(
        [
            Occupancy(
                id=uuid7(),
                business_id=business_id,
                resource_id=one.resource_id,
                appointment_id=one.appointment_id,
                session_id=one.session_id,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
            )
            for one in takings
        ],
        batch_size=1000,
    )
    _write_masks(
        business_id=business_id,
        taken=[(one.resource_id, one.starts_at, one.ends_at) for one in takings],
        freed=[],
    )


def vacate(*, holder: Appointment | Session) -> list[UUID]:
    """Give back everything that an appointment or a session holds; returns the resources it held."""
    require_transaction("vacating")
    held = (
        Occupancy.objects.filter(session=holder)
        if isinstance(holder, Session)
        else Occupancy.objects.filter(appointment=holder)
    )
    rows = list(held.values_list("resource_id", "starts_at", "ends_at"))
    if rows:
        held.delete()
        _write_masks(business_id=holder.business_id, taken=[], freed=rows)
    return [resource_id for resource_id, _, _ in rows]


_Rows = Sequence[tuple[UUID, datetime, datetime]]


def _write_masks(*, business_id: UUID, taken: _Rows, freed: _Rows) -> None:
    """Set and clear the cells of the blocks concerned: one read and, as a rule, one write."""
    changes: dict[tuple[UUID, int], list[tuple[bool, int, int]]] = defaultdict(list)
    for rows, is_taken in ((freed, False), (taken, True)):
        for resource_id, starts_at, ends_at in rows:
            for span in block_spans(starts_at, ends_at):
                changes[resource_id, span.block].append((is_taken, span.first, span.end))
    if not changes:
        return
    numbers = [block for _, block in changes]
    standing = kept_blocks(
        resource_ids={resource_id for resource_id, _ in changes},
        blocks=range(min(numbers), max(numbers) + 1),
    )
    fresh = []
    for (resource_id, block), cells in changes.items():
        kept = standing.get(resource_id, {}).get(block)
        data = kept or EMPTY_BLOCK
        for is_taken, first, end in cells:
            write = set_cells if is_taken else clear_cells
            data = write(data, first=first, end=end)
        row = {"resource_id": resource_id, "block": block}
        if kept is None:
            fresh.append(BusyBlock(id=uuid7(), business_id=business_id, cells=data, **row))
        else:
            BusyBlock.objects.filter(**row).update(cells=data)
    if fresh:
        BusyBlock.objects.bulk_create(fresh, batch_size=500)
