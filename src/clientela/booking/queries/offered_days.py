"""A whole calendar of free starts from one look at the masks: counts by day, and the starts of any part of it.

For pages that show both. It answers exactly what ``open_slots`` and ``day_counts`` answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clientela.booking.queries.engine_needs import engine_needs, exact, frame_around
from clientela.booking.queries.offered_seats import offered_seats
from clientela.booking.queries.open_slots import Question, permitted_window
from clientela.booking.queries.supply import NeedIds, Supply, terms_of, things_of
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.availability import grid_mask, window_mask
from clientela.rules.clock_time import day_interval, local_date
from clientela.rules.frame import Frame
from clientela.rules.interval import Interval
from clientela.rules.slots import PROFESSIONAL, Need, offered_slots
from clientela.rules.start_times import start_texts, starts


@dataclass(frozen=True, slots=True)
class OfferedDays:
    """Free starts of a stretch of time as masks: by person, and when anybody is open at all."""

    frame: Frame
    lasts: timedelta
    seats: int | None
    by_person: dict[UUID, int]
    open_cells: int
    sessions: Sequence[Slot]

    @property
    def mask(self) -> int:
        """Starts at which anyone is free; those of sessions with seats left are apart."""
        anyone = 0
        for mask in self.by_person.values():
            anyone |= mask
        return anyone

    def counts(self, *, zone: str) -> dict[date, int]:
        """Return how many starts each date of ``zone`` offers, dates without any left out."""
        texts = start_texts(mask=self.mask, frame=self.frame, zone_name=zone)
        found = Counter(date.fromisoformat(text[:10]) for text in texts)
        taken = set(starts(mask=self.mask, frame=self.frame)) if self.sessions else set()
        found.update(
            local_date(slot.starts_at, zone)
            for slot in self.sessions
            if slot.starts_at not in taken
        )
        return dict(found)

    def slots(self, *, from_at: datetime, until_at: datetime) -> list[Slot]:
        """Return the starts in ``[from_at, until_at)`` in order, with everyone who is free at each."""
        window = Interval(exact(from_at), exact(until_at))
        cut = window_mask(window=window, frame=self.frame)
        seated = [slot for slot in self.sessions if window.contains(slot.starts_at)]
        taken = {slot.starts_at for slot in seated}
        found = [
            self._slot(start)
            for start in starts(mask=self.mask & cut, frame=self.frame)
            if start not in taken
        ]
        return sorted([*seated, *found], key=lambda slot: slot.starts_at) if seated else found

    def first(self) -> Slot | None:
        """Return the first start of all."""
        mask = self.mask
        fresh = self._slot(self.frame.time_of((mask & -mask).bit_length() - 1)) if mask else None
        seated = self.sessions[0] if self.sessions else None
        if fresh is None or seated is None:
            return fresh or seated
        return seated if seated.starts_at <= fresh.starts_at else fresh

    def open_between(self, *, on: date, zone: str) -> Interval | None:
        """Return the exact stretch from the first opening to the last closing on a date of ``zone``."""
        day = day_interval(on, zone)
        cells = self.open_cells & window_mask(window=day, frame=self.frame) if day else 0
        if not cells:
            return None
        low, high = (cells & -cells).bit_length() - 1, cells.bit_length()
        return Interval(self.frame.time_of(low), self.frame.time_of(high))

    def _slot(self, start: datetime) -> Slot:
        bit = 1 << self.frame.cell_of(start)
        free = tuple(one for one, mask in self.by_person.items() if mask & bit)
        return Slot(start, start + self.lasts, free, seats_left=self.seats)


def question_of_offer(
    *,
    business: Business,
    service: Service,
    location: Location,
    professionals: Sequence[UUID],
    now: datetime,
    client: Client | None = None,
) -> Question:
    """Put the question where the door has already read what is offered: open, online, and by whom. One query.

    Of the professionals a ``client`` is offered only the one they are bound to, if there is one.
    """
    bound_to = client.bound_to_id if client else None
    offered = tuple(one for one in professionals if bound_to in {None, one})
    people = NeedIds(PROFESSIONAL, offered)
    return Question(
        business=business,
        service=service,
        location=location,
        supply=Supply((people, *things_of(service=service, location=location))),
        terms=terms_of(service=service, location=location, for_staff=False),
        for_staff=False,
        now=now,
        bound_elsewhere=bool(professionals) and not offered,
    )


def offered_days(question: Question, *, from_at: datetime, until_at: datetime) -> OfferedDays:
    """Look at the masks of ``[from_at, until_at)`` once. Two queries, three for a group service.

    Starts obey lead time and horizon; ``open_cells`` do not, so that a day can be told to be full or closed.
    """
    service = question.service
    frame = frame_around(from_at=from_at, until_at=until_at, time=question.time)
    needs = engine_needs(
        supply=question.supply,
        location=question.location,
        frame=frame,
        ignoring=question.ignoring,
    )
    window = permitted_window(question, from_at=from_at, until_at=until_at)
    opened = 0
    for person in needs[0].any_of:
        opened |= person.open_cells or 0
    return OfferedDays(
        frame=frame,
        lasts=timedelta(minutes=service.duration_minutes),
        seats=service.capacity if service.is_group else None,
        by_person=_by_person(question, needs=needs, frame=frame, window=window),
        open_cells=opened,
        sessions=_sessions(question, window),
    )


def _by_person(
    question: Question, *, needs: Sequence[Need], frame: Frame, window: Interval | None
) -> dict[UUID, int]:
    service = question.service
    if window is None or (service.is_group and not service.opens_sessions):
        return {}
    permitted = window_mask(window=window, frame=frame) & grid_mask(
        zone_name=question.terms.zone_name, grid_minutes=question.terms.grid_minutes, frame=frame
    )
    return {
        person.resource_id: offered_slots(
            needs=[Need(needs[0].kind, (person,)), *needs[1:]],
            time=question.time,
            permitted=permitted,
        )
        for person in needs[0].any_of
    }


def _sessions(question: Question, window: Interval | None) -> list[Slot]:
    if window is None:
        return []
    return offered_seats(
        service=question.service,
        location=question.location,
        professional_ids=question.supply.professional_ids,
        window=window,
    )
