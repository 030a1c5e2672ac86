"""The ways on: the seven days and the month before and after those shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clientela.web.picker.asked import Asked
from clientela.web.picker.links import Linker
from clientela.web.picker.search import DAY, DAYS, Search

WEEK = DAYS * DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """Addresses of the seven days and the months beside; nothing where the calendar ends."""

    week_before: str
    week_after: str
    month_before: str
    month_after: str


def beside(found: Search, *, kept: Asked, link: Linker) -> Neighbours:
    """Each way leads to the first free day there, else to its first day; nothing beyond the calendar."""
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
