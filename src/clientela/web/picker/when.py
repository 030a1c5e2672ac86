"""When: the days with their free times, one day's starts, and why an asked time is not among them.

Everything is read in the reader's zone, also the border between two days. What cannot be chosen
says why: a day of the strip in a word, an asked start in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _, ngettext

from clientela.booking.slot import Slot
from clientela.rules import clock_time
from clientela.web.design import days, shapes, times
from clientela.web.picker.asked import Asked, instant_text
from clientela.web.picker.refused import Refused
from clientela.web.picker.search import DAY, DAYS, Search, Wanted

WEEK = DAYS * DAY
NOON = 12 * 60


class Linker(Protocol):
    """Makes the address in which those choices stand; `open_month` keeps the month unfolded."""

    def __call__(self, asked: Asked, /, *, open_month: bool = False) -> str:
        """Return the complete address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A start offered outside the day's list; `key` is what a form sends for it."""

    at: datetime
    key: str
    url: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """Addresses of the seven days and the months beside; nothing where the calendar ends."""

    week_before: str
    week_after: str
    month_before: str
    month_after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """Everything the picker's template draws. Addresses are complete; words are in the reader's language."""

    on: date
    noon: datetime
    strip: Sequence[shapes.Day]
    strip_label: str
    opens: int
    closes: int
    month_first: date
    month_free: Mapping[date, str]
    beside: Neighbours
    groups: Sequence[shapes.SlotGroup]
    empty: str
    first_free: Offer | None
    chosen: Slot | None
    refused: Sequence[str]
    nearest: Sequence[Offer]


def draw(*, wanted: Wanted, found: Search, asked: Asked, refused: Refused, link: Linker) -> When:
    """Lay the calendar's answer out. `asked` holds the choices that every link keeps."""
    zone = wanted.reading.zone
    kept = asked.with_(day=None)
    offer = _Offerer(kept, link)
    return When(
        on=found.on,
        noon=clock_time.to_exact(
            on=found.on, minute=NOON, zone_name=zone, gap="after", overlap="first"
        ),
        strip=[_day(on, found=found, wanted=wanted, kept=kept, link=link) for on in found.strip],
        strip_label=_span(found.strip[0], found.strip[-1]),
        opens=found.opens,
        closes=found.closes,
        month_first=found.on.replace(day=1),
        month_free={
            on: link(kept.with_(day=on))
            for on in found.counts
            if (on.year, on.month) == (found.on.year, found.on.month)
        },
        beside=_beside(found, kept=kept, link=link),
        groups=_groups(found, offer=offer, wanted=wanted),
        empty="" if found.starts else _why_empty(found, by_session=_by_session(wanted)),
        first_free=offer(found.first_free) if found.first_free else None,
        chosen=found.chosen,
        refused=refused.sentences,
        nearest=[offer(slot) for slot in refused.nearest],
    )


@dataclass(frozen=True, slots=True)
class _Offerer:
    """Makes links to starts that keep the other choices."""

    kept: Asked
    link: Linker

    def __call__(self, slot: Slot) -> Offer:
        return Offer(
            at=slot.starts_at,
            key=instant_text(slot.starts_at),
            url=self.link(self.kept.with_(start=slot.starts_at)),
            note=seat_words(slot),
        )


def seat_words(slot: Slot) -> str:
    """How many places a group has left; nothing for an appointment of one's own."""
    if slot.seats_left is None:
        return ""
    if slot.seats_left == 1:
        return _("last place")
    return ngettext("%(count)s place", "%(count)s places", slot.seats_left) % {
        "count": slot.seats_left
    }


def _groups(found: Search, *, offer: _Offerer, wanted: Wanted) -> list[shapes.SlotGroup]:
    """The chosen day's starts by part of the day; of a move, the present time says that it is."""
    chosen = found.chosen
    present = wanted.moving.starts_at if wanted.moving else None
    slots = []
    for slot in found.starts:
        made = offer(slot)
        is_chosen = chosen is not None and chosen.starts_at == slot.starts_at
        note = _("your time now") if slot.starts_at == present else made.note
        slots.append(shapes.Slot(at=made.at, url=made.url, chosen=is_chosen, note=note))
    return days.group_slots(slots, zone=wanted.reading.zone)


def _day(on: date, *, found: Search, wanted: Wanted, kept: Asked, link: Linker) -> shapes.Day:
    count = found.counts.get(on, 0)
    if not count:
        return shapes.Day(
            on=on,
            words=_day_words(on, found, by_session=_by_session(wanted)),
            chosen=on == found.on,
        )
    zone = wanted.reading.zone
    lasts = wanted.service.duration_minutes
    starts = (clock_time.minute_of_day(slot.starts_at, zone) for slot in found.week.get(on, ()))
    return shapes.Day(
        on=on,
        words=ngettext("%(count)s time", "%(count)s times", count) % {"count": count},
        url=link(kept.with_(day=on)),
        chosen=on == found.on,
        free=_joined(starts, lasts),
    )


def _by_session(wanted: Wanted) -> bool:
    """Whether only sessions that the staff have scheduled can be joined: opening hours then say nothing."""
    return wanted.service.is_group and not wanted.service.opens_sessions


def _day_words(on: date, found: Search, *, by_session: bool) -> str:
    """Why a day of the strip cannot be chosen, in one or two words."""
    if on > found.last:
        return _("not yet")
    if by_session:
        return _("no places")
    return _("full") if on in found.open_days else _("closed")


def _why_empty(found: Search, *, by_session: bool) -> str:
    """Why the chosen day has no times, as a sentence."""
    if not found.counts:
        return _("There is no free time in the whole calendar")
    if found.on > found.last:
        return _("The calendar is not open that far ahead yet")
    if by_session or found.on in found.open_days:
        return _("Nothing is free any more that day")
    return _("Closed that day")


def _joined(starts: Iterable[int], lasts: int) -> list[shapes.Span]:
    """Free starts as stretches of the day, joined where they touch."""
    spans: list[shapes.Span] = []
    for start in starts:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], start + lasts))
            continue
        spans.append((start, start + lasts))
    return spans


def _span(first: date, last: date) -> str:
    """`23–29 Nov 2026`; both months where the week crosses into the next."""
    end = times.written(last, "", "d MMM y").replace(".", "")
    if first.month == last.month:
        return f"{first.day}–{end}"
    start = times.written(first, "", "d MMM").replace(".", "")
    return f"{start} – {end}"


def _beside(found: Search, *, kept: Asked, link: Linker) -> Neighbours:
    first, last = found.strip[0], found.strip[-1]
    month = found.on.replace(day=1)
    after = (month + timedelta(days=32)).replace(day=1)
    before = (month - DAY).replace(day=1)

    def to(start: date, end: date, *, open_month: bool = False) -> str:
        """The first free day of a stretch, or its first day; nothing beyond the calendar."""
        if end < found.today or start > found.last:
            return ""
        free = [on for on in found.counts if start <= on <= end]
        day = min(free, default=max(start, found.today))
        return link(kept.with_(day=day), open_month=open_month)

    return Neighbours(
        week_before=to(first - WEEK, first - DAY),
        week_after=to(last + DAY, last + WEEK),
        month_before=to(before, month - DAY, open_month=True),
        month_after=to(after, (after + timedelta(days=32)).replace(day=1) - DAY, open_month=True),
    )
