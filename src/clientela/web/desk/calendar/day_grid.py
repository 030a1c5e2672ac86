"""The day as a grid: a column for each professional who is there, and for each room in use.

Places are readings of the wall clock in the desk's zone. In a doubled hour the first reading stands
left and the second right, so that nothing hides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.rules import clock_time
from clientela.rules.availability import spans_of
from clientela.rules.clock_time import MINUTES_PER_DAY
from clientela.web.design import times
from clientela.web.design.figures import minutes as minutes_in_words
from clientela.web.desk.calendar.asked import Looking
from clientela.web.desk.calendar.card import MINUTE, Card
from clientela.web.desk.calendar.off_hours import off_hours
from clientela.web.desk.calendar.week import Week
from clientela.web.desk.staff import Desk

HOUR = 60
USUAL = (9, 18)
WIDEST = 12  # columns beside each other; more stand in a second grid below
GAP = 30  # the shortest gap that is offered in the grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Something in a column: from `minute` (of local midnight) for `lasts` minutes, in which half if the hour is doubled."""

    minute: int
    lasts: int
    half: str = ""
    card: Card | None = None
    classes: str = ""
    words: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One professional or room of the day. `person` is the id a card moves to when it is dropped here."""

    name: str
    words: str
    hue: int
    person: str
    offs: Sequence[Placed]
    cards: Sequence[Placed]
    gap: Placed | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayGrid:
    """The grids of a day, the hours they show, the minute of now, and who is not in them."""

    grids: Sequence[Sequence[Column]]
    opens: int
    closes: int
    now_minute: int | None
    absent: Sequence[str]


def day_grid(desk: Desk, look: Looking, week: Week) -> DayGrid:
    """Lay out the day that is looked at."""
    cards = week.on(look.on)
    people = [one for one in week.people if _is_there(week, one.pk, look.on, cards)]
    rooms = [one for one in week.rooms if any(one.pk in card.holds for card in cards)]
    opens, closes = _hours(week, look.on, [one.pk for one in people], cards)
    edges = (opens * HOUR, closes * HOUR)
    columns = [
        _column(desk, look, week, one.pk, one.name, one.resource.hue, edges, is_person=True)
        for one in people
    ]
    columns += [
        _column(desk, look, week, one.pk, one.name, one.hue, edges, is_person=False)
        for one in rooms
    ]
    is_today = look.on == look.today
    minute = clock_time.minute_of_day(desk.now, week.zone)
    there = {one.pk for one in people}
    return DayGrid(
        grids=[columns[at : at + WIDEST] for at in range(0, len(columns), WIDEST)],
        opens=opens,
        closes=closes,
        now_minute=minute if is_today and edges[0] <= minute < edges[1] else None,
        absent=[one.name for one in week.people if one.pk not in there],
    )


def _is_there(week: Week, person: UUID, on: date, cards: Iterable[Card]) -> bool:
    return bool(week.open_minutes(person, on)) or any(person in card.holds for card in cards)


def _hours(week: Week, on: date, people: Iterable[UUID], cards: Sequence[Card]) -> tuple[int, int]:
    """The whole hours from the first opening or appointment to the last."""
    cells = week.cells(on)
    opened = 0
    for one in people:
        opened |= week.open[one] & cells
    spans = [*spans_of(mask=opened, frame=week.frame)]
    spans += [(card.starts_at, card.ends_at) for card in cards]
    placed = [wall_place(start, end, on=on, zone=week.zone) for start, end in spans]
    first = min((minute for minute, _lasts in placed), default=USUAL[0] * HOUR)
    last = max((minute + lasts for minute, lasts in placed), default=USUAL[1] * HOUR)
    return first // HOUR, min(24, -(-last // HOUR))


def _column(
    desk: Desk,
    look: Looking,
    week: Week,
    resource_id: UUID,
    name: str,
    hue: int,
    edges: tuple[int, int],
    *,
    is_person: bool,
) -> Column:
    held = [card for card in week.on(look.on) if resource_id in card.holds]
    offs = [
        _cut(one.starts_at, one.ends_at, one.words, look.on, week.zone, edges)
        for one in off_hours(week, resource_id, look.on)
    ]
    return Column(
        name=name,
        words=_head(held, is_person=is_person),
        hue=hue,
        person=str(resource_id) if is_person else "",
        offs=[one for one in offs if one],
        cards=[_placed(card, desk, look.on, week.zone, is_person=is_person) for card in held],
        gap=_gap(desk, look, week, resource_id, edges) if is_person else None,
    )


def _head(held: Sequence[Card], *, is_person: bool) -> str:
    """What stands under the name: how many come, or how long a room is in use."""
    if is_person:
        return count_words(len(held))
    return _("In use %(lasts)s") % {"lasts": minutes_in_words(sum(card.minutes for card in held))}


def count_words(count: int) -> str:
    """`7 booked`, or that there is none: short, for it stands under a name."""
    if not count:
        return _("none booked")
    return ngettext("%(count)s booked", "%(count)s booked", count) % {"count": count}


def wall_place(start: datetime, end: datetime, *, on: date, zone: str) -> tuple[int, int]:
    """Where a stretch lies on the wall clock of a day, cut to the day: first minute and length.

    Across a change of the clocks it is as long as the readings say; inside a doubled hour as long as it is.
    """
    first = clock_time.minute_of_day(start, zone) if clock_time.local_date(start, zone) == on else 0
    ends_on = clock_time.local_date(end, zone)
    last = clock_time.minute_of_day(end, zone) if ends_on == on else MINUTES_PER_DAY
    lasts = last - first if last > first else (end - start) // MINUTE
    return first, min(lasts, MINUTES_PER_DAY - first)


def _placed(card: Card, desk: Desk, on: date, zone: str, *, is_person: bool) -> Placed:
    minute, lasts = wall_place(card.starts_at, card.ends_at, on=on, zone=zone)
    fold = clock_time.fold_label(card.starts_at, zone)
    return Placed(
        minute=minute,
        lasts=lasts,
        half={"first": "dg-half-1", "again": "dg-half-2"}.get(fold or "", ""),
        card=card,
        classes=card.classes(desk.now),
        words=card.what if is_person else _("with %(name)s") % {"name": card.professional},
    )


def _cut(
    start: datetime, end: datetime, words: str, on: date, zone: str, edges: tuple[int, int]
) -> Placed | None:
    """A hatched stretch as far as the grid shows it."""
    minute, lasts = wall_place(start, end, on=on, zone=zone)
    first, last = max(minute, edges[0]), min(minute + lasts, edges[1])
    return Placed(minute=first, lasts=last - first, words=words) if first < last else None


def _gap(
    desk: Desk, look: Looking, week: Week, person: UUID, edges: tuple[int, int]
) -> Placed | None:
    """The next free stretch that is worth offering, as a link that starts a booking there."""
    if week.cells(look.on) == 0:
        return None
    free = week.open[person] & week.cells(look.on)
    free ^= free & week.busy[person]
    for start, end in spans_of(mask=free, frame=week.frame):
        begin = max(start, _next_quarter(desk.now))
        if (end - begin) // MINUTE < GAP:
            continue
        minute, lasts = wall_place(begin, end, on=look.on, zone=week.zone)
        clock = times.clock_of_minute(minute)
        query = urlencode({"professional": str(person), "day": look.on.isoformat(), "at": clock})
        return Placed(
            minute=minute,
            lasts=min(lasts, GAP, edges[1] - minute),
            words=_("Free %(time)s") % {"time": clock},
            url=f"{reverse('desk:book', args=[desk.business.slug])}?{query}",
        )
    return None


def _next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, for nobody starts at 11:32."""
    past = now.minute % 15 * MINUTE + (now - now.replace(second=0, microsecond=0))
    return now if not past else now - past + 15 * MINUTE
