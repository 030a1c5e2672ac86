"""Winning a time: lock, gather, decide. What was read before the lock is a hint, not a fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.models import Appointment
from clientela.booking.queries.engine_needs import engine_needs, frame_around
from clientela.booking.queries.supply import Supply, time_of
from clientela.booking.queries.workload import workloads
from clientela.business.models import Location
from clientela.catalogue.models import Service
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.rules.assignment import Assignment, AssignmentReason, assign
from clientela.rules.frame import Frame
from clientela.rules.slots import Need, candidates_at, choose_resources

_TRIES: Final = 25


class NotFree(Exception):
    """Nobody, or nothing, is free for this start; the action turns it into a refusal with alternatives."""


class _Outrun(Exception):
    """Between the hint and the lock somebody took what was chosen: choose again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A start that is to be won.

    ``also_lock`` are keys taken in the same breath as the resources'. Of an appointment that is being
    moved (``ignoring``), ``also_free`` are the resources it holds now and gives back.
    """

    service: Service
    location: Location
    supply: Supply
    starts_at: datetime
    also_lock: tuple[str, ...] = ()
    ignoring: Appointment | None = None
    also_free: tuple[UUID, ...] = ()
    overrides: Overrides = NONE


@dataclass(frozen=True, slots=True)
class Won:
    """What was won, locked until the transaction ends: the resources, the professional first, and why."""

    resource_ids: tuple[UUID, ...]
    assignment: dict[str, object]

    @property
    def professional_id(self) -> UUID:
        """Who will give the service."""
        return self.resource_ids[0]


def win_time(wanted: Wanted) -> Won:
    """Lock free resources for the start, or raise ``NotFree``; inside the caller's transaction.

    With one candidate for each need they are locked at once. With several, the choice is made from
    what can be seen, then exactly the chosen are locked in sorted order and looked at again; who was
    outrun gives them back (a savepoint releases its locks) and chooses again. So nobody ever waits
    for a second set of resources while holding a first, and nothing can deadlock. "Any professional"
    of one service is decided one at a time, so that the fair assignment stays fair under load.
    """
    if any(not need.resource_ids for need in wanted.supply.needs):
        raise NotFree
    if wanted.supply.has_one_choice:
        return _win_at_once(wanted)
    if len(wanted.supply.professional_ids) > 1:
        lock(keys=[f"assignment:{wanted.service.pk}"])
    for _ in range(_TRIES):
        assignment, chosen = _choose(wanted)
        try:
            with transaction.atomic():
                _win_chosen(wanted, chosen)
        except _Outrun:
            continue
        return Won(chosen, assignment)
    raise NotFree


def lock_keys(*, resource_ids: Iterable[UUID], also: Sequence[str] = ()) -> None:
    """Take the locks of resources and further keys in one sorted set; a test may leave them out."""
    failpoint("booking.before-lock")
    lock(keys=[*(str(one) for one in resource_ids), *also])


def _win_at_once(wanted: Wanted) -> Won:
    chosen = wanted.supply.resource_ids
    lock_keys(resource_ids=_with_own(wanted, chosen), also=wanted.also_lock)
    needs, frame = _gather(wanted, wanted.supply)
    if not _free(wanted, needs, frame):
        raise NotFree
    return Won(chosen, {"reason": AssignmentReason.ASKED_FOR.value})


def _choose(wanted: Wanted) -> tuple[dict[str, object], tuple[UUID, ...]]:
    """Choose from what can be seen now: the professional fairly, the rest in order of preference."""
    needs, frame = _gather(wanted, wanted.supply)
    time = time_of(wanted.service)
    free = candidates_at(needs=needs, time=time, frame=frame, start=wanted.starts_at, need=0)
    if not free:
        raise NotFree
    if len(wanted.supply.professional_ids) == 1:
        person = free[0]
        because: dict[str, object] = {"reason": AssignmentReason.ASKED_FOR.value}
    else:
        assignment = assign(
            workloads(
                professional_ids=free,
                order=wanted.supply.professional_ids,
                at=wanted.starts_at,
                zone_name=wanted.location.zone,
            )
        )
        person, because = assignment.professional_id, _because(assignment)
    chosen = choose_resources(
        needs=needs, time=time, frame=frame, start=wanted.starts_at, pinned={0: person}
    )
    if chosen is None:
        raise NotFree
    return because, chosen


def _win_chosen(wanted: Wanted, chosen: tuple[UUID, ...]) -> None:
    """Lock the chosen and look again; raises ``_Outrun`` when one is no longer free."""
    lock_keys(resource_ids=_with_own(wanted, chosen), also=wanted.also_lock)
    needs, frame = _gather(wanted, wanted.supply.only(chosen))
    if not _free(wanted, needs, frame):
        raise _Outrun


def _with_own(wanted: Wanted, chosen: tuple[UUID, ...]) -> set[UUID]:
    """Add the resources that the appointment being moved holds now: they are given back in the end."""
    return {*chosen, *wanted.also_free}


def _gather(wanted: Wanted, supply: Supply) -> tuple[list[Need], Frame]:
    frame = frame_around(
        from_at=wanted.starts_at, until_at=wanted.starts_at, time=time_of(wanted.service)
    )
    needs = engine_needs(
        supply=supply,
        location=wanted.location,
        frame=frame,
        ignoring=wanted.ignoring,
        outside_hours=wanted.overrides.outside_hours,
    )
    return needs, frame


def _free(wanted: Wanted, needs: Sequence[Need], frame: Frame) -> bool:
    time = time_of(wanted.service)
    found = choose_resources(needs=needs, time=time, frame=frame, start=wanted.starts_at)
    return found is not None


def _because(assignment: Assignment) -> dict[str, object]:
    """Return the assignment as staff are shown it: what decided, and the figures compared."""
    return {
        "reason": assignment.reason.value,
        "compared": [
            {"professional": str(one.professional_id), "booked_minutes": one.booked_minutes}
            for one in assignment.compared[:5]
        ],
    }
