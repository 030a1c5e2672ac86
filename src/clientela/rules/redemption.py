"""Which credit redeems which appointment: the one order, shown before a sale and kept by it.

Appointments take their turn by their start, the oldest first. Each takes a credit of the grant that covers
it and ends first, so that as little as possible expires unused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that needs a credit of one service on a local day; ``cause`` is its name in the ledger."""

    cause: str
    starts_at: datetime
    on: date
    service_id: UUID


@dataclass(frozen=True, slots=True)
class Usable:
    """A grant with the numbers of its credits that nothing uses.

    They count from ``applies_on`` to ``valid_until``, both days included (none: for ever).
    """

    grant_id: UUID
    free: tuple[int, ...]
    applies_on: date
    valid_until: date | None
    services: frozenset[UUID]
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """That credit ``number`` of a grant redeems the cause."""

    cause: str
    grant_id: UUID
    number: int


def covers(usable: Usable, *, on: date, service_id: UUID) -> bool:
    """Say whether a grant's credits count for this service on this day, whether or not one is free.

    The first and the last day count.
    """
    return (
        service_id in usable.services
        and usable.applies_on <= on
        and (usable.valid_until is None or on <= usable.valid_until)
    )


def plan_redemptions(
    *, wanted: Iterable[Wanted], usable: Iterable[Usable], first: str = ""
) -> list[Planned]:
    """Return what redeems what, in the order in which it is done; what finds no credit is left out.

    The cause ``first`` goes before all others (a session sold for it); then the oldest start, then the
    cause's name. A cause takes the grant that ends first; then the one that begins first, then the one
    granted first, then the lower id; of that grant the lowest free number. The same values always give the
    same plan, in whatever order they come.
    """
    grants = sorted(usable, key=_ends_first)
    left = {grant.grant_id: sorted(grant.free, reverse=True) for grant in grants}
    plan: list[Planned] = []
    for one in sorted(wanted, key=lambda one: (one.cause != first, one.starts_at, one.cause)):
        for grant in grants:
            if left[grant.grant_id] and covers(grant, on=one.on, service_id=one.service_id):
                plan.append(Planned(one.cause, grant.grant_id, left[grant.grant_id].pop()))
                break
    return plan


def _ends_first(grant: Usable) -> tuple[bool, date, date, datetime, UUID]:
    """Order grants by their end; those without one come last."""
    ends = grant.valid_until
    return (ends is None, ends or date.max, grant.applies_on, grant.granted_at, grant.grant_id)
