"""Who is taken when: no overlaps, no overfull session, masks equal to a recount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from clientela.auditor.breach import Question

CELL_SECONDS = 300
BLOCK_CELLS = 32 * 24 * 12


def overlaps(question: Question) -> Iterator[str]:
    """Yield each occupancy that begins before an earlier one of the same resource has ended."""
    source = question.source
    starts, ends = source.seconds("starts_at"), source.seconds("ends_at")
    taken: dict[str, tuple[int, str]] = {}
    for resource, key, start, end in source.rows(
        f"SELECT resource_id, id, {starts}, {ends} FROM booking_occupancy ORDER BY resource_id, starts_at, id"
    ):
        until, other = taken.get(str(resource), (0, ""))
        if start < until:
            yield f"resource {resource} is taken twice: occupancies {other} and {key}"
        if end > until:
            taken[str(resource)] = (end, str(key))


def seats(question: Question) -> Iterator[str]:
    """Yield each session with more seats taken than it has, and each seat that is of another session than its appointment."""
    source = question.source
    for key, has, count, highest in source.rows(
        "SELECT s.id, s.seats, COUNT(t.id), MAX(t.number) FROM booking_session s "
        "JOIN booking_seat t ON t.session_id = s.id GROUP BY s.id, s.seats"
    ):
        if count > has or highest > has:
            yield f"session {key} has {has} seats, but {count} are taken (the highest is {highest})"
    for key, session, other in source.rows(
        "SELECT t.id, t.session_id, a.session_id FROM booking_seat t "
        "JOIN booking_appointment a ON a.id = t.appointment_id "
        "WHERE a.session_id IS NULL OR a.session_id <> t.session_id"
    ):
        yield f"seat {key} is of session {session}, its appointment of {other}"


def busy_masks(question: Question) -> Iterator[str]:
    """Yield each resource and block whose stored mask differs from a recount of its occupancies."""
    counted = _recount(question)
    for resource, block, cells in question.source.rows(
        "SELECT resource_id, block, cells FROM booking_busyblock ORDER BY resource_id, block"
    ):
        expected = counted.pop((str(resource), block), 0)
        if int.from_bytes(bytes(cells), "little") != expected:
            yield f"the busy mask of resource {resource}, block {block}, is not what its occupancies say"
    for (resource, block), mask in sorted(counted.items()):
        if mask:
            yield f"the busy mask of resource {resource}, block {block}, is missing"


def _recount(question: Question) -> dict[tuple[str, int], int]:
    """Count the five-minute cells again, cell by cell's number, from the occupancies alone."""
    source = question.source
    starts, ends = source.seconds("starts_at"), source.seconds("ends_at")
    masks: dict[tuple[str, int], int] = defaultdict(int)
    for resource, start, end in source.rows(
        f"SELECT resource_id, {starts}, {ends} FROM booking_occupancy"
    ):
        cell, last = start // CELL_SECONDS, -(-end // CELL_SECONDS)
        while cell < last:
            block, offset = divmod(cell, BLOCK_CELLS)
            width = min(last - cell, BLOCK_CELLS - offset)
            masks[str(resource), block] |= ((1 << width) - 1) << offset
            cell += width
    return masks
