"""What is wanted, and what the calendar answers: the plain facts from which the picker is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.booking.queries.offered_days import OfferedDays, offered_days, question_of_offer
from clientela.booking.queries.open_slots import Question, ask
from clientela.booking.slot import Slot
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.rules import clock_time
from clientela.web.picker.asked import Asked
from clientela.web.visitor import Reading

DAYS = 7
DAY = timedelta(days=1)
STAFF_DAYS = 366
USUAL = (9 * 60, 18 * 60)  # the ribbon's ends where nobody is open all week


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be booked, with whom, and how the reader reads times.

    `moving` is the appointment that looks for a new time: its own counts as free. Staff (`for_staff`)
    are bound by neither lead time nor horizon: they see everything from now on, a year ahead.
    `offered` are the professionals of an offer that the page has read already, so that nobody reads it twice.
    A `client` who is bound to one professional sees that one's times only.
    """

    business: Business
    service: Service
    location: Location
    professional: Professional | None
    reading: Reading
    now: datetime
    moving: Appointment | None = None
    for_staff: bool = False
    offered: tuple[UUID, ...] | None = None
    client: Client | None = None

    @property
    def days_ahead(self) -> int:
        """How far the calendar is laid out."""
        return STAFF_DAYS if self.for_staff else self.service.horizon_days


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """The answer: days are dates of the reader's zone, `minute` a clock reading that was typed."""

    today: date
    last: date
    on: date
    counts: Mapping[date, int]
    strip: Sequence[date]
    week: Mapping[date, Sequence[Slot]]
    open_days: frozenset[date]
    opens: int
    closes: int
    first_free: Slot | None
    start: datetime | None
    no_such_time: bool

    @property
    def starts(self) -> Sequence[Slot]:
        """The free starts of the chosen day."""
        return self.week.get(self.on, ())

    @property
    def chosen(self) -> Slot | None:
        """The asked start, if it is free."""
        return next((slot for slot in self.starts if slot.starts_at == self.start), None)


def search(*, wanted: Wanted, asked: Asked) -> Search:
    """Look at the whole horizon once, and lay out the seven days around what was asked.

    The strip starts today or a whole number of weeks later. A typed clock reading stands for its
    first occurrence on that day; a reading that the clocks jump over is reported, not moved.
    """
    zone = wanted.reading.zone
    today = clock_time.local_date(wanted.now, zone)
    last = today + timedelta(days=wanted.days_ahead)
    days = _look(wanted, today=today, last=last)
    counts = days.counts(zone=zone) if days else {}
    start, no_such_time = _start(asked, zone)
    on = _day(asked, start=start, zone=zone, counts=counts, today=today)
    first = today + (on - today) // (DAYS * DAY) * (DAYS * DAY)
    strip = [first + number * DAY for number in range(DAYS)]
    opens, closes, open_days = _hours(days, strip=strip, zone=zone)
    return Search(
        today=today,
        last=last,
        on=on,
        counts=counts,
        strip=strip,
        week=_week(days, strip=strip, zone=zone),
        open_days=open_days,
        opens=opens,
        closes=closes,
        first_free=days.first() if days else None,
        start=start,
        no_such_time=no_such_time,
    )


def _look(wanted: Wanted, *, today: date, last: date) -> OfferedDays | None:
    """All free starts from this midnight to the end of the horizon's last day, wherever the reader is."""
    question = _question(wanted)
    if question is None:
        return None
    zone = wanted.reading.zone
    midnight = _midnight(today, zone)
    return offered_days(
        question,
        from_at=max(midnight, wanted.now) if wanted.for_staff else midnight,
        until_at=_midnight(last + 2 * DAY, zone),
    )


def _question(wanted: Wanted) -> Question | None:
    if wanted.offered is not None:
        return question_of_offer(
            business=wanted.business,
            service=wanted.service,
            location=wanted.location,
            professionals=wanted.offered,
            now=wanted.now,
            client=wanted.client,
        )
    return ask(
        business=wanted.business,
        service=wanted.service,
        location=wanted.location,
        professional_id=wanted.professional.pk if wanted.professional else None,
        now=wanted.now,
        for_staff=wanted.for_staff,
        ignoring=wanted.moving,
        client=wanted.client,
    )


def _midnight(on: date, zone: str) -> datetime:
    return clock_time.to_exact(on=on, minute=0, zone_name=zone, gap="after", overlap="first")


def _start(asked: Asked, zone: str) -> tuple[datetime | None, bool]:
    """The exact start that was asked for, and whether the reading that was typed does not exist."""
    if asked.start or asked.minute is None or asked.day is None:
        return asked.start, False
    try:
        return clock_time.to_exact(
            on=asked.day, minute=asked.minute, zone_name=zone, gap="refuse", overlap="first"
        ), False
    except clock_time.NoSuchTime:
        return None, True


def _day(
    asked: Asked,
    *,
    start: datetime | None,
    zone: str,
    counts: Mapping[date, int],
    today: date,
) -> date:
    """The day shown: of the asked start, else the asked day, else the first with free times. Never before today."""
    wanted = clock_time.local_date(start, zone) if start else asked.day
    found = wanted or min(counts, default=today)
    return min(max(found, today), today + timedelta(days=3650))


def _week(days: OfferedDays | None, *, strip: Sequence[date], zone: str) -> dict[date, list[Slot]]:
    if days is None:
        return {}
    week: dict[date, list[Slot]] = {}
    for slot in days.slots(
        from_at=_midnight(strip[0], zone), until_at=_midnight(strip[-1] + DAY, zone)
    ):
        week.setdefault(clock_time.local_date(slot.starts_at, zone), []).append(slot)
    return week


def _hours(
    days: OfferedDays | None, *, strip: Sequence[date], zone: str
) -> tuple[int, int, frozenset[date]]:
    """The earliest opening and the latest closing of the strip as clock readings, and the days that open."""
    found = {on: days.open_between(on=on, zone=zone) for on in strip} if days else {}
    spans = {on: span for on, span in found.items() if span}
    if not spans:
        return *USUAL, frozenset()
    opens = min(clock_time.minute_of_day(span.start, zone) for span in spans.values())
    closes = max(_closing(span.end, on=on, zone=zone) for on, span in spans.items())
    return opens // 60 * 60, -(-closes // 60) * 60, frozenset(spans)


def _closing(at: datetime, *, on: date, zone: str) -> int:
    """A closing as a clock reading of its own day; midnight closes at 1440."""
    minute = clock_time.minute_of_day(at, zone)
    return minute if clock_time.local_date(at, zone) == on else clock_time.MINUTES_PER_DAY
