"""Sessions and appointments keep their promises: wall clock and instant agree, nothing overlaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from clientela.integrations.business_file.bookings import (
    HOLDING,
    AppointmentEntry,
    SessionEntry,
    TakenTime,
)
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index, Lasting, exact, lasting
from clientela.integrations.business_file.problems import Problems
from clientela.rules.clock_time import NoSuchTime, fold_label, tzdata_version, wall_text

_OUTCOMES = frozenset({"attended", "no_show"})


@dataclass(slots=True)
class Times:
    """When each session and appointment of the file is, by its number; what could not be told is left out."""

    sessions: dict[int, Lasting] = field(default_factory=dict)
    appointments: dict[int, Lasting] = field(default_factory=dict)


def check_times(
    document: BusinessFile, *, index: Index, now: datetime, problems: Problems
) -> Times:
    """Return the exact times; note times that do not exist, and instants that contradict the clock."""
    times = Times()
    for number, session in enumerate(document.sessions):
        found = _lasting(session, index, problems, "sessions", number)
        if found is not None:
            times.sessions[number] = found
    for number, appointment in enumerate(document.appointments):
        found = _lasting(appointment, index, problems, "appointments", number)
        if found is None:
            continue
        times.appointments[number] = found
        if appointment.status in _OUTCOMES and found.starts_at > now:
            problems.add(
                f"{appointment.status} before it has begun", "appointments", number, "status"
            )
    return times


def _lasting(
    entry: TakenTime, index: Index, problems: Problems, *place: str | int
) -> Lasting | None:
    """The exact stretch, or ``None`` where another problem stands in the way."""
    location, service = index.location(entry.location), index.services.get(entry.service)
    if location is None or service is None:
        return None
    zone = entry.promised_zone or location.zone
    if entry.at is not None and entry.tzdata not in {None, tzdata_version()}:
        # Promised with other zone data: both forms are kept, so that the difference can be seen.
        return lasting(entry, service=service, starts_at=entry.at)
    try:
        starts_at = exact(entry.starts, zone=zone)
    except NoSuchTime as error:
        problems.add(f"{error}: the clocks skip it", *place, "starts")
        return None
    if entry.starts.endswith("again") and fold_label(starts_at, zone) is None:
        problems.add(f"does not come twice in {zone}", *place, "starts")
    if entry.at is not None and entry.at != starts_at:
        read = wall_text(entry.at, zone)
        problems.add(f"is {read} in {zone}, but it starts {entry.starts}", *place, "at")
    return lasting(entry, service=service, starts_at=starts_at)


def check_groups(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note seats and sessions that do not belong together; a seat is taken once."""
    taken: dict[tuple[str, int], int] = {}
    for number, session in enumerate(document.sessions):
        service = index.services.get(session.service)
        if service is not None and service.capacity == 1:
            problems.add("is no group service (capacity 1)", "sessions", number, "service")
    for number, entry in enumerate(document.appointments):
        if entry.session is None:
            _check_single(entry, index, problems, number)
            continue
        found = index.sessions.get(entry.session)
        if found is None:
            continue
        if (entry.service, entry.starts) != (found.service, found.starts):
            problems.add("is of another service or time", "appointments", number, "session")
        if entry.seat is None or entry.status not in HOLDING:
            continue
        seats = seats_of(found, index)
        if entry.seat > seats:
            problems.add(f"is beyond the {seats} seats", "appointments", number, "seat")
        if (entry.session, entry.seat) in taken:
            other = taken[entry.session, entry.seat]
            problems.add(f"is taken by /appointments/{other}", "appointments", number, "seat")
        taken[entry.session, entry.seat] = number
    _check_room(document, index, problems)


def _check_single(entry: AppointmentEntry, index: Index, problems: Problems, number: int) -> None:
    service = index.services.get(entry.service)
    if service is not None and service.capacity > 1 and entry.status in HOLDING:
        problems.add("is missing for a group service", "appointments", number, "session")
    if entry.seat is not None:
        problems.add("needs a session", "appointments", number, "seat")


def _check_room(document: BusinessFile, index: Index, problems: Problems) -> None:
    """Note the first appointment that a session has no seat for."""
    counts: Counter[str] = Counter()
    for number, entry in enumerate(document.appointments):
        if entry.session is None or entry.status not in HOLDING:
            continue
        counts[entry.session] += 1
        found = index.sessions.get(entry.session)
        if found is not None and counts[entry.session] == seats_of(found, index) + 1:
            problems.add("is full", "appointments", number, "session")


def seats_of(session: SessionEntry, index: Index) -> int:
    """Return how many seats a session has: its own number before the service's capacity."""
    service = index.services.get(session.service)
    return session.seats or (service.capacity if service else 1)


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """A stretch in which the bearer of a key is occupied by what stands at a place of the file."""

    key: str
    starts_at: datetime
    ends_at: datetime
    section: str
    number: int


def taken_times(document: BusinessFile, *, times: Times) -> list[Taken]:
    """Return every stretch that is occupied, by whom it occupies and when it starts."""
    found = [
        Taken(
            key,
            times.sessions[number].taken_from,
            times.sessions[number].taken_until,
            "sessions",
            number,
        )
        for number, session in enumerate(document.sessions)
        if session.cancelled_at is None and number in times.sessions
        for key in (session.professional, *session.resources)
    ]
    found += [
        Taken(key, lasts.taken_from, lasts.taken_until, "appointments", number)
        for number, lasts in times.appointments.items()
        if (entry := document.appointments[number]).session is None and entry.status in HOLDING
        for key in (entry.professional, *entry.resources)
    ]
    return sorted(found)


def check_overlaps(taken: list[Taken], *, problems: Problems) -> None:
    """Note each stretch that begins before an earlier one of the same person or thing has ended."""
    last: Taken | None = None
    for one in taken:
        if last is None or last.key != one.key:
            last = one
            continue
        if one.starts_at < last.ends_at and (one.section, one.number) != (
            last.section,
            last.number,
        ):
            problems.add(
                f'overlaps /{last.section}/{last.number}: "{one.key}" is taken, buffers included',
                one.section,
                one.number,
                "starts",
            )
        if one.ends_at > last.ends_at:
            last = one
