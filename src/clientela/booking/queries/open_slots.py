"""Which starts are offered, and with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.booking.queries.client_door import client_door
from clientela.booking.queries.engine_needs import engine_needs, exact, frame_around
from clientela.booking.queries.offered_seats import offered_seats
from clientela.booking.queries.supply import Supply, location_for, supply_of, terms_of
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.availability import grid_mask, window_mask
from clientela.rules.booking_window import window_interval
from clientela.rules.clock_time import local_date
from clientela.rules.frame import Frame
from clientela.rules.interval import Interval
from clientela.rules.slots import Need, ServiceTime, offered_slots
from clientela.rules.start_times import start_texts, starts
from clientela.rules.unavailability import Terms

__all__ = ["Slot", "day_counts", "next_free", "open_slots"]

_NEXT_FREE_STEP: Final = timedelta(days=31)
_STAFF_HORIZON: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Question:
    """A question about free starts, with what answers it: who can give the service, and on what terms."""

    business: Business
    service: Service
    location: Location
    supply: Supply
    terms: Terms
    for_staff: bool
    now: datetime
    ignoring: Appointment | None = None
    bound_elsewhere: bool = False
    """The professional named is not the one that the client is bound to."""

    @property
    def time(self) -> ServiceTime:
        """What the service takes of the clock."""
        return self.terms.time


def ask(
    *,
    business: Business,
    service: Service,
    location: Location | None,
    professional_id: UUID | None,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> Question | None:
    """Gather what does not depend on the time asked for; ``None`` where nothing can be offered at all.

    Clients are offered nothing while the business, its online booking or the service is switched off.
    """
    place = location_for(business=business, location=location)
    if place is None or not service.is_active:
        return None
    if not for_staff and not (service.is_online and client_door(business).is_online):
        return None
    return question_of(
        business=business,
        service=service,
        location=place,
        professional_id=professional_id,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )


def question_of(
    *,
    business: Business,
    service: Service,
    location: Location,
    professional_id: UUID | None,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> Question:
    """Gather the question, whether or not anything is offered at all. One query.

    A ``client`` is offered only the professional they are bound to, if there is one.
    """
    bound_to = client.bound_to_id if client else None
    return Question(
        business=business,
        service=service,
        location=location,
        supply=supply_of(
            service=service,
            location=location,
            professional_id=professional_id,
            bound_to=bound_to,
            for_staff=for_staff,
        ),
        terms=terms_of(service=service, location=location, for_staff=for_staff),
        for_staff=for_staff,
        now=now,
        ignoring=ignoring,
        bound_elsewhere=is_bound_elsewhere(bound_to=bound_to, professional_id=professional_id),
    )


def is_bound_elsewhere(*, bound_to: UUID | None, professional_id: UUID | None) -> bool:
    """Whether someone other than the only professional of a client is asked for."""
    return bound_to is not None and professional_id not in {None, bound_to}


def open_slots(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    from_at: datetime,
    until_at: datetime,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> list[Slot]:
    """Return every offered start in ``[from_at, until_at)`` in order of time, with who is free.

    Without ``location`` the business's first one is meant; without ``professional`` anyone who gives the
    service. ``for_staff`` leaves out lead time and horizon. ``ignoring`` treats that appointment's
    own time as free, for moving it. A ``client`` who is bound to one professional is offered only
    that one's starts. The number of queries does not depend on people or dates.
    """
    question = ask(
        business=business,
        service=service,
        location=location,
        professional_id=professional.pk if professional else None,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )
    return slots_between(question, from_at=from_at, until_at=until_at) if question else []


def slots_between(question: Question, *, from_at: datetime, until_at: datetime) -> list[Slot]:
    """Return the offered starts of a gathered question in ``[from_at, until_at)``."""
    window = permitted_window(question, from_at=from_at, until_at=until_at)
    if window is None:
        return []
    service = question.service
    seats = offered_seats(
        service=service,
        location=question.location,
        professional_ids=question.supply.professional_ids,
        window=window,
    )
    if service.is_group and not service.opens_sessions:
        return seats
    taken = {slot.starts_at for slot in seats}
    fresh = [slot for slot in _free_starts(question, window) if slot.starts_at not in taken]
    return sorted([*seats, *fresh], key=lambda slot: slot.starts_at) if seats else fresh


def day_counts(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    from_at: datetime,
    until_at: datetime,
    zone: str,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> dict[date, int]:
    """Return how many starts each date of ``zone`` offers, dates without any left out.

    As cheap for a year as for a day: no slot is made.
    """
    question = ask(
        business=business,
        service=service,
        location=location,
        professional_id=professional.pk if professional else None,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )
    if question is None:
        return {}
    if service.is_group:
        slots = slots_between(question, from_at=from_at, until_at=until_at)
        return dict(Counter(local_date(slot.starts_at, zone) for slot in slots))
    window = permitted_window(question, from_at=from_at, until_at=until_at)
    if window is None:
        return {}
    mask, frame = offered_mask(question=question, window=window)
    texts = start_texts(mask=mask, frame=frame, zone_name=zone)
    return {date.fromisoformat(day): n for day, n in Counter(t[:10] for t in texts).items()}


def next_free(  # noqa: PLR0913 -- a question about time names what, where, who and when
    *,
    business: Business,
    service: Service,
    location: Location | None = None,
    professional: Professional | None = None,
    from_at: datetime,
    now: datetime,
    for_staff: bool = False,
    ignoring: Appointment | None = None,
    client: Client | None = None,
) -> Slot | None:
    """Return the first offered start from ``from_at`` on, within the horizon (for staff, a year)."""
    question = ask(
        business=business,
        service=service,
        location=location,
        professional_id=professional.pk if professional else None,
        now=now,
        for_staff=for_staff,
        ignoring=ignoring,
        client=client,
    )
    if question is None:
        return None
    limit = from_at + _STAFF_HORIZON
    while from_at < limit:
        if permitted_window(question, from_at=from_at, until_at=limit) is None:
            return None
        until = min(from_at + _NEXT_FREE_STEP, limit)
        found = slots_between(question, from_at=from_at, until_at=until)
        if found:
            return found[0]
        from_at = until
    return None


def permitted_window(
    question: Question, *, from_at: datetime, until_at: datetime
) -> Interval | None:
    """Return the part of ``[from_at, until_at)`` that lead time and horizon permit."""
    window = question.terms.window
    start, end = exact(from_at), exact(until_at)
    if window is not None:
        edges = window_interval(window=window, now=question.now, zone_name=question.terms.zone_name)
        if edges is None:
            return None
        start, end = max(start, edges.start), min(end, edges.end)
    return Interval(start, end) if start < end else None


def offered_mask(*, question: Question, window: Interval) -> tuple[int, Frame]:
    """Return the offered starts in the window as one mask and its frame: whoever gives the service."""
    frame, needs, permitted = _masks(question, window)
    return offered_slots(needs=needs, time=question.time, permitted=permitted), frame


def _free_starts(question: Question, window: Interval) -> list[Slot]:
    """Return slots with everyone who is free at each, the other needs met as well."""
    frame, needs, permitted = _masks(question, window)
    by_person: dict[UUID, int] = {}
    for person in needs[0].any_of:
        alone = [Need(needs[0].kind, (person,)), *needs[1:]]
        by_person[person.resource_id] = offered_slots(
            needs=alone, time=question.time, permitted=permitted
        )
    anyone = 0
    for mask in by_person.values():
        anyone |= mask
    lasts = timedelta(minutes=question.service.duration_minutes)
    seats = question.service.capacity if question.service.is_group else None
    found = []
    for start in starts(mask=anyone, frame=frame):
        bit = 1 << frame.cell_of(start)
        free = tuple(one for one, mask in by_person.items() if mask & bit)
        found.append(Slot(start, start + lasts, free, seats_left=seats))
    return found


def _masks(question: Question, window: Interval) -> tuple[Frame, list[Need], int]:
    frame = frame_around(from_at=window.start, until_at=window.end, time=question.time)
    needs = engine_needs(
        supply=question.supply,
        location=question.location,
        frame=frame,
        ignoring=question.ignoring,
    )
    grid = grid_mask(
        zone_name=question.terms.zone_name, grid_minutes=question.terms.grid_minutes, frame=frame
    )
    return frame, needs, grid & window_mask(window=window, frame=frame)
