"""Why a time cannot be booked: a closed list of reasons, and all of those that apply.

Reasons come from the same masks as the offer: a start has no reason iff it is offered. Pages turn
a reason into a sentence; staff also see whom or what it concerns and until when it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from clientela.rules.availability import run_starts
from clientela.rules.booking_window import BookingWindow, WindowReason, decide_window
from clientela.rules.clock_time import NoSuchTime, day_interval, local_date, minute_of_day, to_exact
from clientela.rules.frame import CELL, Frame
from clientela.rules.slots import (
    PROFESSIONAL,
    Need,
    ResourceTime,
    ServiceTime,
    SessionSeats,
    is_matched,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime


class Unavailable(StrEnum):
    """Every reason there is; page, API, audit and tests share the word."""

    PAST = "past"
    LEAD_TIME = "lead-time"
    BEYOND_HORIZON = "beyond-horizon"
    NOT_ON_GRID = "not-on-grid"
    NO_SUCH_TIME = "no-such-time"
    CLOSED = "closed"
    OUTSIDE_HOURS = "outside-hours"
    TIME_OFF = "time-off"
    PROFESSIONAL_BUSY = "professional-busy"
    BUFFER = "buffer"
    RESOURCE_BUSY = "resource-busy"
    SESSION_FULL = "session-full"
    NO_SESSION = "no-session"
    SERVICE_NOT_OFFERED = "service-not-offered"
    PROFESSIONAL_NOT_OFFERED = "professional-not-offered"
    LOGIN_REQUIRED = "login-required"
    BOUND_TO_PROFESSIONAL = "bound-to-professional"
    ONLINE_BOOKING_OFF = "online-booking-off"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason; whom or what it concerns, and until when it holds, where that can be said."""

    reason: Unavailable
    kind: str | None = None
    """The kind of resource it concerns: ``professional``, or the business's word for a room."""
    resource_id: UUID | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before any time is looked at, as the door found it."""

    online_booking: bool = True
    service_offered: bool = True
    professional_offered: bool = True
    login_missing: bool = False
    """The business requires a log-in for this, and there is none."""
    bound_elsewhere: bool = False
    """The client may book one professional only, and asks for another."""

    def reasons(self) -> list[Why]:
        """Return what bars the way, in the order a person should mend it."""
        barred = (
            (not self.online_booking, Unavailable.ONLINE_BOOKING_OFF),
            (not self.service_offered, Unavailable.SERVICE_NOT_OFFERED),
            (not self.professional_offered, Unavailable.PROFESSIONAL_NOT_OFFERED),
            (self.login_missing, Unavailable.LOGIN_REQUIRED),
            (self.bound_elsewhere, Unavailable.BOUND_TO_PROFESSIONAL),
        )
        return [Why(reason) for applies, reason in barred if applies]


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """A resource's masks, taken apart: the engine's two masks are made of these four."""

    resource_id: UUID
    busy: int
    """Occupied time, buffers included."""
    booked: int = 0
    """The part of ``busy`` that is appointments proper; the rest is their buffers."""
    hours: int | None = None
    """Working hours with their dated exceptions and closures; ``None`` is always open."""
    time_off: int = 0

    def for_engine(self, *, frame: Frame) -> ResourceTime:
        """Return what ``slots`` works with: open is hours without time off."""
        hours = self.hours
        if hours is None and self.time_off:
            hours = frame.full
        if hours is not None:
            hours ^= hours & self.time_off
        return ResourceTime(self.resource_id, self.busy, hours)


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """A need with the facts of its candidates."""

    kind: str
    any_of: tuple[ResourceFacts, ...]

    def for_engine(self, *, frame: Frame) -> Need:
        """Return the need as ``slots`` takes it."""
        return Need(self.kind, tuple(one.for_engine(frame=frame) for one in self.any_of))


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a service is booked: its time, its grid, its window and the location's zone.

    Staff book without ``window`` (``None``: any time, also past) and may book off the grid.
    """

    time: ServiceTime
    grid_minutes: int
    zone_name: str
    window: BookingWindow | None


class _Stretch(NamedTuple):
    """The cells of an asked start, and the local day around it."""

    frame: Frame
    first: int
    end: int
    before: int
    after: int
    day: int

    def run(self) -> int:
        """Mask of the appointment itself, as far as it lies in the frame."""
        return _bits(self.first, self.end)

    def occupied(self) -> int:
        """Mask of the appointment with its buffers, as far as it lies in the frame."""
        return _bits(self.first - self.before, self.end + self.after)


def explain_start(
    *,
    start: datetime,
    now: datetime,
    terms: Terms,
    needs: Sequence[NeedFacts],
    frame: Frame,
    gate: Gate | None = None,
) -> list[Why]:
    """Return every reason why a start cannot be booked; none iff it is offered.

    The frame should hold the whole local day of the start, with room for buffers. Of a need with
    several candidates all are named, and only if none of them is free.
    """
    gate = gate or Gate()
    found = gate.reasons() + _window_reasons(start, now, terms)
    if (start - frame.origin) % CELL or minute_of_day(start, terms.zone_name) % terms.grid_minutes:
        found.append(Why(Unavailable.NOT_ON_GRID))
    if not needs:
        found.append(Why(Unavailable.SERVICE_NOT_OFFERED))
    stretch = _stretch(start, terms, frame)
    options: list[list[UUID]] = []
    for need in needs:
        reasons = [_candidate_reasons(need.kind, one, stretch) for one in need.any_of]
        options.append(
            [one.resource_id for one, why in zip(need.any_of, reasons, strict=True) if not why]
        )
        if not options[-1]:
            found += [why for whys in reasons for why in whys] or _nobody(need.kind, gate)
    return found + ([] if not all(options) else _crowding(needs, options))


def explain_wall_start(*, on: date, minute: int, zone_name: str) -> list[Why]:
    """Return ``no-such-time`` for a wall reading that the clocks jump over on that date, or nothing."""
    try:
        to_exact(on=on, minute=minute, zone_name=zone_name, gap="refuse", overlap="first")
    except NoSuchTime:
        until = to_exact(on=on, minute=minute, zone_name=zone_name, gap="after", overlap="first")
        return [Why(Unavailable.NO_SUCH_TIME, until=until)]
    return []


def explain_session_start(
    *,
    start: datetime,
    now: datetime,
    terms: Terms,
    sessions: Iterable[SessionSeats],
    seats: int = 1,
    gate: Gate | None = None,
) -> list[Why]:
    """Return every reason why seats of a group session cannot be booked; none iff one that starts then has them."""
    gate = gate or Gate()
    found = gate.reasons() + _window_reasons(start, now, terms)
    if gate.bound_elsewhere:
        return found  # nothing is known of the sessions of others: they were not asked for
    at_start = [one for one in sessions if one.starts_at == start]
    if not at_start:
        found.append(Why(Unavailable.NO_SESSION))
    elif all(one.left < seats for one in at_start):
        found.append(Why(Unavailable.SESSION_FULL))
    return found


def _window_reasons(start: datetime, now: datetime, terms: Terms) -> list[Why]:
    """Too soon, too far ahead, or neither."""
    if terms.window is None:
        return []
    decision = decide_window(window=terms.window, start=start, now=now, zone_name=terms.zone_name)
    if decision.allowed:
        return []
    until = None if decision.reason is WindowReason.BEYOND_HORIZON else decision.opens_at
    return [Why(Unavailable(decision.reason.value), until=until)]


def _stretch(start: datetime, terms: Terms, frame: Frame) -> _Stretch:
    """Cells of the asked start, rounded outward when it is off the grid."""
    first = frame.cell_of(start)
    end = -((frame.origin - start) // CELL) + terms.time.duration
    day = day_interval(local_date(start, terms.zone_name), terms.zone_name)
    assert day is not None  # noqa: S101 -- the date of an instant exists
    return _Stretch(
        frame=frame,
        first=first,
        end=end,
        before=terms.time.before,
        after=terms.time.occupied - terms.time.before - terms.time.duration,
        day=_bits(frame.cell_of(day.start), frame.cell_of(day.end)),
    )


def _candidate_reasons(kind: str, one: ResourceFacts, stretch: _Stretch) -> list[Why]:
    """Everything that keeps one resource from meeting a need at the asked start."""
    frame, run = stretch.frame, stretch.run()
    found: list[Why] = []

    def add(reason: Unavailable, until: datetime | None) -> None:
        found.append(Why(reason, kind, one.resource_id, until))

    if one.hours is not None and not _is_inside(one.hours, stretch):
        closed = not one.hours & stretch.day
        add(
            Unavailable.CLOSED if closed else Unavailable.OUTSIDE_HOURS,
            _next_fit(one.hours, stretch),
        )
    if one.time_off & run:
        add(Unavailable.TIME_OFF, _run_end(one.time_off, one.time_off & run, frame))
    if hit := one.busy & stretch.occupied():
        busy = Unavailable.PROFESSIONAL_BUSY if kind == PROFESSIONAL else Unavailable.RESOURCE_BUSY
        add(busy if one.booked & run else Unavailable.BUFFER, _run_end(one.busy, hit, frame))
    return found


def _is_inside(hours: int, stretch: _Stretch) -> bool:
    """Whether all of the appointment is open; what leaves the frame is not."""
    return stretch.first >= 0 and hours & stretch.run() == stretch.run()


def _next_fit(hours: int, stretch: _Stretch) -> datetime | None:
    """When the appointment would next fit into the hours, as far as the frame knows."""
    later = run_starts(hours, stretch.end - stretch.first) >> max(0, stretch.first)
    if not later:
        return None
    return stretch.frame.time_of(max(0, stretch.first) + (later & -later).bit_length() - 1)


def _run_end(mask: int, hit: int, frame: Frame) -> datetime:
    """When the last hit run of a mask ends."""
    last = hit.bit_length() - 1
    tail = mask >> last
    return frame.time_of(last + (tail ^ (tail + 1)).bit_length() - 1)


def _nobody(kind: str, gate: Gate) -> list[Why]:
    """A need without candidates: nobody gives the service, or what it needs does not exist.

    Who gives it but is kept from this client is not missing: the gate has said why.
    """
    if kind == PROFESSIONAL and gate.bound_elsewhere:
        return []
    missing = (
        Unavailable.PROFESSIONAL_NOT_OFFERED
        if kind == PROFESSIONAL
        else Unavailable.SERVICE_NOT_OFFERED
    )
    return [Why(missing, kind)]


def _crowding(needs: Sequence[NeedFacts], options: list[list[UUID]]) -> list[Why]:
    """Each need has a free candidate, but not each one of its own: name the first that is left without."""
    for number, need in enumerate(needs):
        if not is_matched(options[: number + 1]):
            busy = (
                Unavailable.PROFESSIONAL_BUSY
                if need.kind == PROFESSIONAL
                else Unavailable.RESOURCE_BUSY
            )
            return [Why(busy, need.kind)]
    return []


def _bits(first: int, end: int) -> int:
    """Cells ``[first, end)``, without those before the frame."""
    first = max(0, first)
    return (1 << end) - (1 << first) if first < end else 0
