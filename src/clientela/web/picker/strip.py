"""The days side by side: how free each is, or in a word why it cannot be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _, ngettext

from clientela.rules import clock_time
from clientela.web.design import shapes, times
from clientela.web.picker.asked import Asked
from clientela.web.picker.links import Linker
from clientela.web.picker.search import Search, Wanted


def strip_day(on: date, *, found: Search, wanted: Wanted, kept: Asked, link: Linker) -> shapes.Day:
    """One day of the strip."""
    count = found.counts.get(on, 0)
    if not count:
        return shapes.Day(
            on=on,
            words=_day_words(on, found, scheduled=by_session(wanted)),
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


def by_session(wanted: Wanted) -> bool:
    """Whether only sessions that the staff have scheduled can be joined: opening hours then say nothing."""
    return wanted.service.is_group and not wanted.service.opens_sessions


def _day_words(on: date, found: Search, *, scheduled: bool) -> str:
    """Why a day of the strip cannot be chosen, in one or two words."""
    if on > found.last:
        return _("not yet")
    if scheduled:
        return _("no places")
    return _("full") if on in found.open_days else _("closed")


def _joined(starts: Iterable[int], lasts: int) -> list[shapes.Span]:
    """Free starts as stretches of the day, joined where they touch."""
    spans: list[shapes.Span] = []
    for start in starts:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], start + lasts))
            continue
        spans.append((start, start + lasts))
    return spans


def span_words(first: date, last: date) -> str:
    """`23–29 Nov 2026`; both months where the week crosses into the next."""
    end = times.written(last, "", "d MMM y").replace(".", "")
    if first.month == last.month:
        return f"{first.day}–{end}"
    start = times.written(first, "", "d MMM").replace(".", "")
    return f"{start} – {end}"
