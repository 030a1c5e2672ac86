"""How a start is refused: all reasons, and what is near and free. Asked outside the booking's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.errors import NotBookable, SlotTaken, StartRefused
from clientela.booking.guards import NO_OVERLAP, SEAT_LIMIT
from clientela.booking.models import Appointment
from clientela.booking.queries.alternatives import nearest_alternatives, nearest_to
from clientela.booking.queries.open_slots import Question, question_of
from clientela.booking.queries.supply import Supply, supply_of
from clientela.booking.queries.why_not import gate_of, reasons_of
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules.unavailability import Unavailable

_TAKEN: Final = frozenset(
    {Unavailable.PROFESSIONAL_BUSY, Unavailable.RESOURCE_BUSY, Unavailable.BUFFER}
)
_CLOSED_TO_SOME: Final = frozenset(
    {Unavailable.CLOSED, Unavailable.OUTSIDE_HOURS, Unavailable.TIME_OFF}
)
_BACKSTOPS: Final = (NO_OVERLAP, SEAT_LIMIT, "seat_once", "booking_seat.session_id")


@dataclass(frozen=True, slots=True)
class AskedStart:
    """The start that was asked for, as the questions of why and what else take it."""

    business: Business
    service: Service
    location: Location
    professional: Professional | None
    starts_at: datetime
    for_staff: bool
    ignoring: Appointment | None = None
    overrides: Overrides = NONE
    client: Client | None = None
    """The card whose professional binds the start; ``None`` where no binding holds."""
    is_online: bool | None = None
    """Whether clients may book here by themselves, where that has been read already."""
    opening: bool = False
    """A session is to be put there, no seat taken."""

    def supply(self) -> Supply:
        """Return who and what may serve it, as the engine takes them: one query."""
        return supply_of(
            service=self.service,
            location=self.location,
            professional_id=self.professional.pk if self.professional else None,
            bound_to=self.client.bound_to_id if self.client else None,
            for_staff=self.for_staff,
        )


def refusal_of(asked: AskedStart, *, now: datetime) -> StartRefused:
    """Return the refusal: taken by somebody else (with alternatives), or not offered by the rules."""
    gate = gate_of(business=asked.business, service=asked.service, for_staff=asked.for_staff)
    question = question_of(
        business=asked.business,
        service=asked.service,
        location=asked.location,
        professional_id=asked.professional.pk if asked.professional else None,
        now=now,
        for_staff=asked.for_staff,
        ignoring=asked.ignoring,
        client=asked.client,
    )
    found = reasons_of(question, starts_at=asked.starts_at, gate=gate, opening=asked.opening)
    whys = [why for why in found if why.reason not in _set_aside(asked.overrides)]
    near = [] if asked.opening or gate.reasons() else _near(asked, question)
    words = {why.reason for why in whys}
    if Unavailable.SESSION_FULL in words:
        return SlotTaken(Unavailable.SESSION_FULL.value, reasons=whys, alternatives=near)
    # Of several people who could give it, some may be closed: a start is taken if anyone is only busy.
    if not whys or (words & _TAKEN and not words - _TAKEN - _CLOSED_TO_SOME):
        return SlotTaken(reasons=whys, alternatives=near)
    return NotBookable(reasons=whys, alternatives=near)


def _near(asked: AskedStart, question: Question) -> list[Slot]:
    """Return what is near and free with the professional asked for, else with anyone."""
    near = nearest_to(asked.starts_at, question=question)
    if near or asked.professional is None:
        return near
    return nearest_alternatives(
        business=asked.business,
        service=asked.service,
        location=asked.location,
        starts_at=asked.starts_at,
        now=question.now,
        for_staff=asked.for_staff,
        ignoring=asked.ignoring,
        client=asked.client,
    )


def _set_aside(overrides: Overrides) -> set[Unavailable]:
    """Return the reasons that an override leaves out of account."""
    aside: set[Unavailable] = set()
    if overrides.outside_hours:
        aside |= _CLOSED_TO_SOME
    if overrides.window:
        aside |= {Unavailable.PAST, Unavailable.LEAD_TIME, Unavailable.BEYOND_HORIZON}
    if overrides.off_grid:
        aside.add(Unavailable.NOT_ON_GRID)
    return aside


def is_backstop(error: IntegrityError) -> bool:
    """Whether the database's own guard against overlaps or overfull sessions spoke."""
    return any(name in str(error) for name in _BACKSTOPS)
