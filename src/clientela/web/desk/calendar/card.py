"""One thing on the calendar: an appointment or a group session, as every view draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.booking.models import Appointment, Attribution
from clientela.booking.queries.day_sheet import DaySheet, SessionSheet
from clientela.rules import clock_time
from clientela.rules.attribution import Newness
from clientela.rules.lifecycle import OPEN, Status
from clientela.rules.redemption_state import RedemptionState
from clientela.web.design import times
from clientela.web.design.shapes import Badge
from clientela.web.marker_words import newness_badge
from clientela.web.states import Audience, badge_of

MINUTE = timedelta(minutes=1)
LOUD = {
    Status.HELD,
    Status.REQUESTED,
    Status.ATTENDED,
    Status.NO_SHOW,
}  # states worth a word on a small card


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
    unredeemed: int = 0
    """How many of its appointments wait for redemption."""
    clients: frozenset[UUID] = frozenset()
    """Who comes."""
    calm: Sequence[Badge] = ()
    """What only a list has room for."""

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


def cards_of(
    sheet: DaySheet,
    *,
    slug: str,
    zone: str,
    location_id: UUID | None,
    markers: Mapping[UUID, Attribution],
) -> list[Card]:
    """Return the cards of a sheet in order of start, of one location or of all."""
    found = [_single(one, slug, zone, markers.get(one.pk)) for one in sheet.appointments]
    found += [_group(one, slug) for one in sheet.sessions]
    if location_id is not None:
        found = [card for card in found if card.location_id == location_id]
    return sorted(found, key=lambda card: (card.starts_at, card.professional, card.url))


def _single(one: Appointment, slug: str, zone: str, marker: Attribution | None) -> Card:
    status = Status(one.status)
    rooms = [
        row.resource for row in one.occupancies.all() if row.resource_id != one.professional_id
    ]
    pending = one.redemption == RedemptionState.PENDING
    badges = []
    if status is Status.HELD and one.held_until:
        badges.append(_held(one.held_until, zone))
    elif status in LOUD or pending:
        badges.append(badge_of(status, audience=Audience.STAFF, redemption=one.redemption))
    if one.client_confirmed_at:
        badges.append(Badge(text=_("Is coming"), icon="user-check", state="good"))
    who_is_new = [newness_badge(marker.value)] if marker else []
    is_new = marker is not None and marker.value == Newness.NEW
    if is_new:  # the others are most: in the grid they say it by saying nothing
        badges += who_is_new
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
        waits=status in {Status.REQUESTED, Status.HELD} or pending,
        unredeemed=int(pending),
        clients=frozenset({one.client_id}),
        calm=[] if is_new else who_is_new,
    )


def _held(until: datetime, zone: str) -> Badge:
    """A time that is kept while its client pays, and until when."""
    words = _("Held until %(time)s") % {"time": times.clock(until, zone)}
    return Badge(text=words, icon="hourglass", state="wait")


def _group_badges(*, waiting: int, unredeemed: int) -> list[Badge]:
    found = []
    if waiting:
        found.append(badge_of(Status.REQUESTED, audience=Audience.STAFF))
    if unredeemed:
        words = ngettext(
            "%(count)s pending redemption", "%(count)s pending redemption", unredeemed
        ) % {"count": unredeemed}
        found.append(Badge(text=words, icon="coins", state="wait"))
    return found


def _group(sheet: SessionSheet, slug: str) -> Card:
    one = sheet.session
    waiting = sum(1 for seat in sheet.appointments if seat.status == Status.REQUESTED)
    unredeemed = sum(1 for seat in sheet.appointments if seat.redemption == RedemptionState.PENDING)
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
        badges=_group_badges(waiting=waiting, unredeemed=unredeemed),
        waits=bool(waiting or unredeemed),
        unredeemed=unredeemed,
        people=sheet.seats_taken,
    )
