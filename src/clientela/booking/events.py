"""Facts of booking. Frozen, in the past tense; ids, words and moments only.

``sequence`` grows with every change of an appointment, as a calendar file's SEQUENCE does.
``by`` is the kind of actor (``guest``, ``client``, ``staff``, ``api``, ``system``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class AppointmentEvent(Event):
    """What every fact about one appointment carries."""

    business_id: UUID
    appointment_id: UUID
    sequence: int
    by: str


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(AppointmentEvent):
    """A confirmed appointment was made."""


@dataclass(frozen=True, kw_only=True)
class AppointmentRequested(AppointmentEvent):
    """A request was made; it holds its time until the staff answer."""


@dataclass(frozen=True, kw_only=True)
class RequestConfirmed(AppointmentEvent):
    """The staff said yes to a request."""


@dataclass(frozen=True, kw_only=True)
class RequestDeclined(AppointmentEvent):
    """The staff said no, or did not answer before the start (``because`` is ``not-answered``)."""

    because: str = "declined"


@dataclass(frozen=True, kw_only=True)
class AppointmentRescheduled(AppointmentEvent):
    """An appointment was moved; what it was before."""

    previous_starts_at: datetime
    previous_location_id: UUID
    previous_professional_id: UUID


@dataclass(frozen=True, kw_only=True)
class PromiseKept(AppointmentEvent):
    """New time zone data moved the instant of a promised reading, and the appointment follows it.

    On the wall of its place nothing changed. ``tells``: whoever reads another clock should hear of it.
    """

    previous_starts_at: datetime
    tells: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(AppointmentEvent):
    """An open appointment was cancelled; ``because`` is the reason word of the rule."""

    because: str


@dataclass(frozen=True, kw_only=True)
class AppointmentConfirmedByClient(AppointmentEvent):
    """The client said "I am coming"."""


@dataclass(frozen=True, kw_only=True)
class AppointmentAttended(AppointmentEvent):
    """The client came."""


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(AppointmentEvent):
    """The client did not come."""


@dataclass(frozen=True, kw_only=True)
class AppointmentCorrected(AppointmentEvent):
    """The staff corrected what had been noted about a past appointment."""

    status: str


@dataclass(frozen=True, kw_only=True)
class SessionScheduled(Event):
    """A group occurrence with seats was put on the calendar."""

    business_id: UUID
    session_id: UUID
    by: str


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(Event):
    """A group occurrence was called off; each of its appointments has its own event."""

    business_id: UUID
    session_id: UUID
    by: str


@dataclass(frozen=True, kw_only=True)
class AppointmentMarked(Event):
    """A marker turned from ``was`` to ``value`` (``new``, ``returning``), for ``reason``; ``number`` is its row's.

    Of the first marker of an appointment nobody is told: it comes with the booking.
    """

    business_id: UUID
    appointment_id: UUID
    number: int
    value: str
    was: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReclassificationAnswered(Event):
    """A request to correct a marker was granted or refused; which one stands in its row."""

    business_id: UUID
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class TimeFreed(Event):
    """A time became free again without an appointment's end that anybody is told of: it was only held.

    ``client_id`` is the card for which it was held.
    """

    business_id: UUID
    location_id: UUID
    client_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class FreedTimeOffered(Event):
    """It is the turn of somebody on the waiting list to be told of a free time; ``by`` is by whose hand they wait."""

    business_id: UUID
    offer_id: UUID
    by: str


@dataclass(frozen=True, kw_only=True)
class VisitsParted(Event):
    """Appointments may have gone from one card to the other: two cards were parted, or a question of it answered."""

    business_id: UUID
    card_id: UUID
    other_id: UUID
