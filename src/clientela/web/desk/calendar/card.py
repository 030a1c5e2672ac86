"""One thing on the calendar: an appointment or a group session, as every view draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.booking.queries.day_sheet import DaySheet, SessionSheet
from clientela.rules import clock_time
from clientela.rules.lifecycle import OPEN, Status
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of

MINUTE = timedelta(minutes=1)
LOUD = {Status.REQUESTED, Status.ATTENDED, Status.NO_SHOW}  # states worth a word on a small card


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What is drawn of it. `holds` are the professional and rooms it occupies; `move_url` is blank where it cannot be moved."""

    url: str
    starts_at: datetime
    ends_at: datetime
    who: str
    what: str
    professional_id: UUID
    professional: str
    hue: int
    location_id: UUID
    holds: frozenset[UUID]
    rooms: Sequence[str]
    badges: Sequence[Badge]
    move_url: str = ""
    waits: bool = False
    people: int = 1

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return (self.ends_at - self.starts_at) // MINUTE

    @property
    def detail(self) -> str:
        """What, with whom, and where: the second line of a list."""
        return " · ".join(part for part in (self.what, self.professional, *self.rooms) if part)

    def is_on(self, on: date, zone: str) -> bool:
        """Whether any of it falls on that day of the zone."""
        last = self.ends_at - MINUTE
        return (
            clock_time.local_date(self.starts_at, zone) <= on <= clock_time.local_date(last, zone)
        )

    def classes(self, now: datetime) -> str:
        """How the grid tints it: waiting, running now, over, or neither."""
        if self.waits:
            return "appt appt-wait"
        if self.ends_at <= now:
            return "appt appt-done"
        return "appt appt-live" if self.starts_at <= now else "appt"


def cards_of(sheet: DaySheet, *, slug: str, location_id: UUID | None) -> list[Card]:
    """Return the cards of a sheet in order of start, of one location or of all."""
    found = [_single(one, slug) for one in sheet.appointments]
    found += [_group(one, slug) for one in sheet.sessions]
    if location_id is not None:
        found = [card for card in found if card.location_id == location_id]
    return sorted(found, key=lambda card: (card.starts_at, card.professional, card.url))


def _single(one: Appointment, slug: str) -> Card:
    status = Status(one.status)
    rooms = [
        row.resource for row in one.occupancies.all() if row.resource_id != one.professional_id
    ]
    badges = [badge_of(status, audience=Audience.STAFF)] if status in LOUD else []
    if one.client_confirmed_at:
        badges.append(Badge(text=_("Is coming"), icon="user-check", state="good"))
    return Card(
        url=reverse("desk:appointment", args=[slug, one.pk]),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        who=one.client.record_name,
        what=one.service.name,
        professional_id=one.professional_id,
        professional=one.professional.name,
        hue=one.professional.resource.hue,
        location_id=one.location_id,
        holds=frozenset({one.professional_id, *(room.pk for room in rooms)}),
        rooms=[room.name for room in rooms],
        badges=badges,
        move_url=reverse("desk:move", args=[slug, one.pk]) if status in OPEN else "",
        waits=status is Status.REQUESTED,
    )


def _group(sheet: SessionSheet, slug: str) -> Card:
    one = sheet.session
    waiting = sum(1 for seat in sheet.appointments if seat.status == Status.REQUESTED)
    seats = _("%(taken)s of %(seats)s places") % {"taken": sheet.seats_taken, "seats": one.seats}
    return Card(
        url=reverse("desk:session", args=[slug, one.pk]),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        who=_("Group: %(service)s") % {"service": one.service.name},
        what=seats,
        professional_id=one.professional_id,
        professional=one.professional.name,
        hue=one.professional.resource.hue,
        location_id=one.location_id,
        holds=frozenset({one.professional_id}),
        rooms=[],
        badges=[badge_of(Status.REQUESTED, audience=Audience.STAFF)] if waiting else [],
        waits=bool(waiting),
        people=sheet.seats_taken,
    )
