"""Which starts are offered, and with whom and what.

An appointment has *needs* (a professional, perhaps a room, perhaps a piece of equipment). Each
need is met by any one of its candidates, all needs must be met at once, and no resource meets two
needs. A named professional is a need with one candidate; "any" is a need with several.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from clientela.rules.availability import cells_of, doubling, run_starts
from clientela.rules.frame import CELL, Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from clientela.rules.interval import Interval

PROFESSIONAL = "professional"
"""The kind of the need that a person meets; every other kind is the business's own word."""


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """What an appointment takes of the clock, in minutes (multiples of five); buffers belong to the business."""

    duration_minutes: int
    before_minutes: int = 0
    after_minutes: int = 0

    def __post_init__(self) -> None:
        """Refuse what does not fit the five-minute grid, and an appointment of no time."""
        if cells_of(self.duration_minutes) < 1:
            raise ValueError("an appointment takes some time")
        cells_of(self.before_minutes)
        cells_of(self.after_minutes)

    @property
    def duration(self) -> int:
        """Cells that must be open."""
        return cells_of(self.duration_minutes)

    @property
    def before(self) -> int:
        """Cells occupied before the start."""
        return cells_of(self.before_minutes)

    @property
    def occupied(self) -> int:
        """Cells occupied in all, buffers included."""
        return cells_of(self.before_minutes + self.duration_minutes + self.after_minutes)


class ResourceTime(NamedTuple):
    """When a resource is busy (buffers included) and when it is open; ``None`` is always open."""

    resource_id: UUID
    busy: int
    open_cells: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One of these resources, whichever, for the whole appointment; their order is the preference."""

    kind: str
    any_of: tuple[ResourceTime, ...]


@dataclass(frozen=True, slots=True)
class SessionSeats:
    """A group occurrence: when it starts, how many seats it has and how many are taken."""

    session_id: UUID
    starts_at: datetime
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        """Seats still free; never negative, even if the capacity was lowered later."""
        return max(0, self.capacity - self.taken)


def offered_slots(*, needs: Sequence[Need], time: ServiceTime, permitted: int) -> int:
    """Return the permitted starts at which all needs can be met at once.

    ``permitted`` is what grid and booking window allow. Exact also when needs share candidates:
    by Hall's marriage theorem a start works iff any *n* needs have *n* free candidates between
    them, and counting candidates is arithmetic on masks. Without needs nothing is offered.
    """
    offered = permitted if needs else 0
    for need in needs:
        anyone = 0
        for free in _free_starts(need.any_of, time, permitted):
            anyone |= free
        offered &= anyone
    for rivals in _rival_groups(needs):
        candidates = {one.resource_id: one for need in rivals for one in need.any_of}
        free_of = dict(
            zip(candidates, _free_starts(candidates.values(), time, permitted), strict=True)
        )
        for size in range(2, len(rivals) + 1):
            for some in combinations(rivals, size):
                between = {one.resource_id for need in some for one in need.any_of}
                offered &= _at_least(size, (free_of[one] for one in between), permitted)
    return offered


def candidates_at(
    *, needs: Sequence[Need], time: ServiceTime, frame: Frame, start: datetime, need: int
) -> tuple[UUID, ...]:
    """Return who can meet one need at a start such that all the others can still be met, in order of preference."""
    options = _options_at(needs, time, frame, start)
    return tuple(one for one in options[need] if _pick(_pinned(options, {need: one})) is not None)


def choose_resources(
    *,
    needs: Sequence[Need],
    time: ServiceTime,
    frame: Frame,
    start: datetime,
    pinned: Mapping[int, UUID] | None = None,
) -> tuple[UUID, ...] | None:
    """Pick one resource for each need at a start, or ``None`` where that cannot be done.

    ``pinned`` fixes needs (by position) that were decided elsewhere, as by ``assignment``. The
    choice is the first in order of preference, need by need, that leaves the later needs possible;
    so the same question always has the same answer.
    """
    return _pick(_pinned(_options_at(needs, time, frame, start), pinned or {}))


def offered_sessions(
    *, sessions: Iterable[SessionSeats], window: Interval | None, seats: int = 1
) -> list[SessionSeats]:
    """Return the sessions that begin inside the window and have that many seats left, in order of time."""
    return sorted(
        (
            one
            for one in sessions
            if one.left >= seats and window is not None and window.contains(one.starts_at)
        ),
        key=lambda one: (one.starts_at, one.session_id),
    )


def is_matched(options: Sequence[Sequence[UUID]]) -> bool:
    """Say whether each need can have a candidate of its own (augmenting paths)."""
    holder: dict[UUID, int] = {}

    def seat(need: int, seen: set[UUID]) -> bool:
        for one in options[need]:
            if one not in seen:
                seen.add(one)
                if one not in holder or seat(holder[one], seen):
                    holder[one] = need
                    return True
        return False

    return all(seat(need, set()) for need in range(len(options)))


def _free_starts(
    candidates: Iterable[ResourceTime], time: ServiceTime, permitted: int
) -> Iterator[int]:
    """Free starts among the permitted ones, candidate by candidate; ``startable``, unrolled for speed."""
    before, steps = time.before, doubling(time.occupied)
    # Colleagues often share one mask of hours: by identity, it is worked out once.
    inside_of: dict[int, int] = {}
    for one in candidates:
        opened = one.open_cells
        inside = permitted if opened is None else inside_of.get(id(opened))
        if inside is None:
            inside_of[id(opened)] = inside = run_starts(opened or 0, time.duration) & permitted
        met = one.busy << before if before else one.busy
        for step in steps:
            met |= met >> step
        # a ^ (a & b) is "a and not b" without Python's slow negative numbers.
        yield inside ^ (inside & met)


def _rival_groups(needs: Sequence[Need]) -> list[list[Need]]:
    """Group the needs that share candidates, directly or through others; needs without rivals are left out."""
    if len(needs) == 1:
        return []
    groups: list[tuple[set[UUID], list[Need]]] = []
    for need in needs:
        ids = {one.resource_id for one in need.any_of}
        members = [need]
        apart = []
        for other_ids, others in groups:
            if ids & other_ids:
                ids |= other_ids
                members = others + members
            else:
                apart.append((other_ids, others))
        groups = [*apart, (ids, members)]
    return [members for _, members in groups if len(members) > 1]


def _at_least(count: int, masks: Iterable[int], permitted: int) -> int:
    """Return the permitted cells that are set in at least ``count`` of the masks."""
    levels = [permitted] + [0] * count
    for mask in masks:
        for level in range(count, 0, -1):
            levels[level] |= levels[level - 1] & mask
    return levels[count]


def _options_at(
    needs: Sequence[Need], time: ServiceTime, frame: Frame, start: datetime
) -> list[list[UUID]]:
    """Candidates of each need that are free at a start, in order of preference."""
    if (start - frame.origin) % CELL:
        return [[] for _ in needs]
    cell = frame.cell_of(start)
    if not 0 <= cell < frame.cells:
        return [[] for _ in needs]
    return [
        [
            one.resource_id
            for one, free in zip(
                need.any_of, _free_starts(need.any_of, time, 1 << cell), strict=True
            )
            if free
        ]
        for need in needs
    ]


def _pinned(options: list[list[UUID]], pinned: Mapping[int, UUID]) -> list[list[UUID]]:
    """Keep only the pinned candidate of a pinned need (nobody, if that one is not free)."""
    return [
        [one for one in ids if pinned.get(need, one) == one] for need, ids in enumerate(options)
    ]


def _pick(options: list[list[UUID]]) -> tuple[UUID, ...] | None:
    """First choice in order of preference that gives every need a candidate of its own."""
    chosen: list[UUID] = []
    for need, ids in enumerate(options):
        for one in ids:
            rest = [
                [other for other in later if other != one and other not in chosen]
                for later in options[need + 1 :]
            ]
            if one not in chosen and is_matched(rest):
                chosen.append(one)
                break
        else:
            return None
    return tuple(chosen)
