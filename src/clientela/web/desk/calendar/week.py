"""Everything the calendar shows of one week, read at once: a fixed number of queries, however full it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from clientela.booking.queries.busy_masks import busy_masks
from clientela.booking.queries.day_sheet import DaySheet, day_sheet
from clientela.booking.queries.explain_marker import markers_of
from clientela.business.models import Location, Professional, Resource, ResourceKind
from clientela.rules import clock_time
from clientela.rules.availability import window_mask
from clientela.rules.frame import CELL_MINUTES, Frame
from clientela.rules.interval import Interval
from clientela.schedule.models import Closure, TimeOff
from clientela.schedule.queries.open_masks import open_masks
from clientela.web.desk.calendar.asked import DAY, Looking
from clientela.web.desk.calendar.card import Card, cards_of
from clientela.web.desk.staff import Desk

DAYS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """The cards, the people and rooms, and when they are open, taken or away. Masks lie in `frame`."""

    days: Sequence[date]
    zone: str
    cards: Sequence[Card]
    people: Sequence[Professional]
    rooms: Sequence[Resource]
    frame: Frame
    open: Mapping[UUID, int]
    busy: Mapping[UUID, int]
    time_off: Sequence[TimeOff]
    closures: Sequence[Closure]

    def on(self, day: date) -> list[Card]:
        """The cards of one day, in order of start."""
        return [card for card in self.cards if card.is_on(day, self.zone)]

    def cells(self, day: date) -> int:
        """The mask of one day of the zone; nothing for a date that the zone skipped."""
        span = clock_time.day_interval(day, self.zone)
        return window_mask(window=span, frame=self.frame) if span else 0

    def load(self, day: date) -> int | None:
        """How much of the people's open time is taken, in percent; nothing where nobody works."""
        cells = self.cells(day)
        opened = sum((self.open[one.pk] & cells).bit_count() for one in self.people)
        taken = sum(
            (self.busy[one.pk] & self.open[one.pk] & cells).bit_count() for one in self.people
        )
        return round(100 * taken / opened) if opened else None

    def open_minutes(self, resource_id: UUID, day: date) -> int:
        """How long somebody works that day."""
        return (self.open[resource_id] & self.cells(day)).bit_count() * CELL_MINUTES


def week_of(desk: Desk, look: Looking) -> Week:
    """Read the week around the day that is looked at. A professional's week is their own only."""
    days = [look.monday + number * DAY for number in range(DAYS)]
    span = _span(days, desk.zone)
    sheet = _sheet(desk, span)
    location_id = look.location.pk if look.location else None
    cards = cards_of(
        sheet,
        slug=desk.business.slug,
        zone=desk.zone,
        location_id=location_id,
        markers=markers_of(appointment_ids=[one.pk for one in sheet.appointments]),
    )
    people, rooms = _columns(desk, cards)
    frame = Frame.covering(span.start, span.end)
    places = [look.location] if look.location else list(desk.locations)
    ids = [one.pk for one in (*people, *rooms)]
    return Week(
        days=days,
        zone=desk.zone,
        cards=cards,
        people=people,
        rooms=rooms,
        frame=frame,
        open=_open(ids, places, frame),
        busy=busy_masks(resource_ids=ids, frame=frame),
        time_off=_time_off(ids, span.start, span.end),
        closures=_closures(places, days),
    )


def _span(days: Sequence[date], zone: str) -> Interval:
    """The exact stretch from the first midnight to the last."""

    def midnight(on: date) -> datetime:
        return clock_time.to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")

    return Interval(midnight(days[0]), midnight(days[-1] + DAY))


def _sheet(desk: Desk, span: Interval) -> DaySheet:
    if not desk.sees_all and desk.own is None:
        return DaySheet([], [])
    return day_sheet(
        business=desk.business, from_at=span.start, until_at=span.end, professional=desk.own
    )


def _columns(desk: Desk, cards: Sequence[Card]) -> tuple[list[Professional], list[Resource]]:
    """Whose columns there are: everybody active, and whoever left but still has appointments."""
    if not desk.sees_all:
        return ([desk.own] if desk.own else []), []
    held = {card.professional_id for card in cards}
    people = Professional.objects.filter(
        Q(resource__is_active=True) | Q(pk__in=held), business=desk.business
    ).select_related("resource")
    rooms = Resource.objects.filter(business=desk.business, is_active=True).exclude(
        kind=ResourceKind.PROFESSIONAL
    )
    return list(people), list(rooms)


def _open(ids: Sequence[UUID], places: Sequence[Location], frame: Frame) -> dict[UUID, int]:
    """When each is open at any of the places; one query a place, as a rule."""
    found = dict.fromkeys(ids, 0)
    for place in places:
        for one, mask in open_masks(resource_ids=ids, location=place, frame=frame).items():
            found[one] |= mask
    return found


def _time_off(ids: Sequence[UUID], start: datetime, end: datetime) -> list[TimeOff]:
    return list(TimeOff.objects.filter(resource__in=ids, starts_at__lt=end, ends_at__gt=start))


def _closures(places: Sequence[Location], days: Sequence[date]) -> list[Closure]:
    return list(
        Closure.objects.filter(
            location__in=list(places), from_on__lte=days[-1], until_on__gt=days[0]
        )
    )
