"""Days and starts arranged as people read them: weeks of a month, mornings and afternoons."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from clientela.platform.language import active_locale
from clientela.rules import clock_time
from clientela.web.design import times
from clientela.web.design.shapes import Slot, SlotGroup

# When a morning and an afternoon end, by language: lunch is late in Spain.
PARTS_OF_DAY = {"es": (14 * 60, 21 * 60), "it": (13 * 60, 18 * 60), "en": (12 * 60, 17 * 60)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One square of a month; a day with a url has free times."""

    on: date
    url: str
    chosen: bool


def month_weeks(
    *, first: date, free: Mapping[date, str], chosen: date | None
) -> list[list[Cell | None]]:
    """The weeks of the month of `first`, Monday to Sunday; `None` where the week is another month's."""
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [
        [
            Cell(on=on, url=free.get(on, ""), chosen=on == chosen)
            if on.month == first.month
            else None
            for on in week
        ]
        for week in weeks
    ]


def weekday_heads() -> list[tuple[str, str]]:
    """The seven weekdays from Monday: the letter over the column, and the whole name."""
    narrow = get_day_names("narrow", "stand-alone", locale=active_locale())
    wide = get_day_names("wide", "stand-alone", locale=active_locale())
    return [(narrow[index], wide[index]) for index in range(7)]


def group_slots(slots: Iterable[Slot], *, zone: str) -> list[SlotGroup]:
    """Starts of one day under Morning, Afternoon and Evening, as the active language divides a day."""
    return list(_groups(list(slots), zone=zone))


def _groups(slots: list[Slot], *, zone: str) -> Iterator[SlotGroup]:
    noon, night = PARTS_OF_DAY.get(active_locale().language, PARTS_OF_DAY["en"])
    parts = ((0, noon, _("Morning")), (noon, night, _("Afternoon")), (night, 1440, _("Evening")))
    for start, end, label in parts:
        found = [slot for slot in slots if start <= clock_time.minute_of_day(slot.at, zone) < end]
        if found:
            yield SlotGroup(label=label, slots=found)


def free_day(on: date) -> str:
    """How a free day of a month is read aloud: `Tuesday 24 November, with free times`."""
    return _("%(day)s, with free times") % {"day": times.day(on)}


def slot_lines(slot: Slot, zone: str, device_zone: str = "") -> list[str]:
    """The small lines under a start: which of two doubled hours, the visitor's own time, the page's own note."""
    lines = [times.doubled(slot.at, zone), slot.note]
    if device_zone and times.iso(slot.at, device_zone) != times.iso(slot.at, zone):
        lines.insert(1, f"{times.clock(slot.at, device_zone)} {times.zone_city(device_zone)}")
    return [line for line in lines if line]
