"""Who gets an appointment that was booked with "any professional".

Fair and explained: the free professional with the fewest booked minutes in the week of the
appointment; of equals, who was assigned least recently (never counts as longest ago); of equals,
the business's own order. The staff see which of these decided, with the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from clientela.rules.clock_time import local_date, to_exact
from clientela.rules.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEVER = datetime.min.replace(tzinfo=UTC)


class AssignmentReason(StrEnum):
    """What decided between the free professionals."""

    ASKED_FOR = "asked-for"
    """The client named the professional; nothing was chosen."""
    ONLY_ONE_FREE = "only-one-free"
    FEWEST_BOOKED_MINUTES = "fewest-booked-minutes"
    LEAST_RECENTLY_ASSIGNED = "least-recently-assigned"
    FIRST_IN_ORDER = "first-in-order"


@dataclass(frozen=True, slots=True)
class FreeProfessional:
    """A professional who could take the appointment, and the figures that are compared."""

    professional_id: UUID
    booked_minutes: int
    """Minutes booked in the local ISO week of the appointment, without buffers."""
    last_assigned_at: datetime | None
    position: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who was chosen, what decided, and everyone who was compared (best first)."""

    professional_id: UUID
    reason: AssignmentReason
    compared: tuple[FreeProfessional, ...]


def assign(free: Sequence[FreeProfessional]) -> Assignment:
    """Choose one of the free professionals; there must be at least one.

    The order in which they are given plays no part; of complete equals the smaller id is taken,
    so that the same question always has the same answer.
    """
    if not free:
        raise ValueError("nobody is free to be assigned")
    ranked = tuple(sorted(free, key=_rank))
    return Assignment(ranked[0].professional_id, _reason(ranked), ranked)


def iso_week(at: datetime, zone_name: str) -> Interval:
    """Return the exact stretch of the Monday-to-Sunday week of an instant, on the zone's calendar."""
    on = local_date(at, zone_name)
    monday = on - timedelta(days=on.weekday())
    start, end = (
        to_exact(on=day, minute=0, zone_name=zone_name, gap="after", overlap="first")
        for day in (monday, monday + timedelta(days=7))
    )
    return Interval(start, end)


def _rank(one: FreeProfessional) -> tuple[int, datetime, int, UUID]:
    """Order of preference, smallest first."""
    return one.booked_minutes, one.last_assigned_at or _NEVER, one.position, one.professional_id


def _reason(ranked: tuple[FreeProfessional, ...]) -> AssignmentReason:
    """Name the first figure in which the best differs from the second best."""
    if len(ranked) == 1:
        return AssignmentReason.ONLY_ONE_FREE
    best, second = ranked[0], ranked[1]
    if best.booked_minutes != second.booked_minutes:
        return AssignmentReason.FEWEST_BOOKED_MINUTES
    if best.last_assigned_at != second.last_assigned_at:
        return AssignmentReason.LEAST_RECENTLY_ASSIGNED
    return AssignmentReason.FIRST_IN_ORDER
