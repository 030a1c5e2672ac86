"""Tags that draw many of a kind: days, starts, threads, agendas, links and tiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.safestring import SafeString

from clientela.web.design import days, pages, shapes
from clientela.web.design.drawing import drawn

register = template.Library()


@register.simple_tag
def thread(beads: Iterable[shapes.Bead]) -> SafeString:
    """What will be sent, or was: one list for the promise and the proof."""
    return drawn("thread", beads=beads)


@register.simple_tag
def agenda(entries: Iterable[shapes.Entry], zone: str, now: datetime | None = None) -> SafeString:
    """The accessible calendar: one day's entries in order, with the line of now."""
    return drawn("agenda", rows=pages.agenda_rows(list(entries), now), zone=zone, now=now)


@register.simple_tag
def day_strip(
    strip: Sequence[shapes.Day], opens: int = 540, closes: int = 1200, label: str = ""
) -> SafeString:
    """Days side by side, each with its ribbon and a count in words."""
    return drawn("day_strip", days=strip, opens=opens, closes=closes, label=label)


@register.simple_tag
def month(first: date, free: Mapping[date, str], chosen: date | None = None) -> SafeString:
    """The month of `first` as a table; days in `free` are links."""
    weeks = days.month_weeks(first=first, free=free, chosen=chosen)
    return drawn("month", first=first, weeks=weeks, heads=days.weekday_heads())


@register.simple_tag
def slot_list(
    groups: Sequence[shapes.SlotGroup], zone: str, device_zone: str = "", heading: str = "h4"
) -> SafeString:
    """Offered starts under their part of the day; the visitor's own time as second line where it differs."""
    return drawn("slot_list", groups=groups, zone=zone, device_zone=device_zone, heading=heading)


@register.simple_tag
def tabs(links: Sequence[shapes.Link], label: str) -> SafeString:
    """Pages of one thing, as links."""
    return drawn("tabs", links=links, label=label)


@register.simple_tag
def seg(links: Sequence[shapes.Link], label: str) -> SafeString:
    """Two to four ways to look at the same thing, as links."""
    return drawn("seg", links=links, label=label)


@register.simple_tag
def crumbs(links: Sequence[shapes.Link]) -> SafeString:
    """The way here; the last one is this page."""
    return drawn("crumbs", links=links)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Earlier and later pages, keeping the other arguments of the address."""
    query = context["request"].GET.copy() if "request" in context else None
    return drawn(
        "pagination",
        page=page,
        before=pages.page_url(page, -1, query),
        after=pages.page_url(page, 1, query),
    )


@register.simple_tag
def progress(done: int, total: int, title: str, detail: str = "", tail: str = "") -> SafeString:
    """Long work: the bar, its numbers in words (`detail`) and what the reader may do meanwhile (`tail`)."""
    return drawn("progress", done=done, total=total, title=title, detail=detail, tail=tail)


@register.simple_tag
def choice(
    title: str,
    url: str,
    detail: str = "",
    side: str = "",
    side_small: str = "",
    *,
    current: bool = False,
) -> SafeString:
    """A tile that is a link, as an `<li>` of `<ul class="choices">`."""
    return drawn(
        "choice",
        title=title,
        url=url,
        detail=detail,
        side=side,
        side_small=side_small,
        current=current,
    )


@register.simple_tag
def person(
    name: str,
    url: str,
    words: str = "",
    hue: int | None = None,
    *,
    current: bool = False,
    icon: str = "",
) -> SafeString:
    """A professional to choose, as an `<li>` of `<ul class="people">`; with an icon it is `Anyone`."""
    return drawn("person", name=name, url=url, words=words, hue=hue, current=current, icon=icon)


@register.simple_tag
def dg_hours(first_hour: int, last_hour: int, now_minute: int | None = None) -> SafeString:
    """The column of hours of a day grid, with the clock of now."""
    return drawn(
        "dg_hours",
        hours=[hour * 60 for hour in range(first_hour, last_hour)],
        now_minute=now_minute,
    )
