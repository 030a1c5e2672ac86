"""The library that pages load as `{% load design %}`; every tag is described in the app's README."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from clientela.web.design import (
    account_tags,
    block_tags,
    days,
    figures,
    form_tags,
    icons,
    list_tags,
    pages,
    ribbon as ribbons,
    shapes,
    times,
)
from clientela.web.design.drawing import drawn

register = template.Library()
_LONG = 20
for library in (block_tags.register, list_tags.register, form_tags.register, account_tags.register):
    register.tags.update(library.tags)

# --- filters: times and figures in words ---------------------------------------------------------
register.filter("clock", times.clock)
register.filter("minute_clock", times.clock_of_minute)
register.filter("day", times.day)
register.filter("day_and_year", times.day_and_year)
register.filter("short_day", times.short_day)
register.filter("short_day_and_year", times.short_day_and_year)
register.filter("month_and_year", times.month_and_year)
register.filter("zone_city", times.zone_city)
register.filter("doubled", times.doubled)
register.filter("iso", times.iso)
register.filter("money", figures.money)
register.filter("price", figures.price)
register.filter("minutes", figures.minutes)
register.filter("initials", shapes.initials)

# --- small tags ----------------------------------------------------------------------------------
register.simple_tag(icons.icon_svg, name="icon")
register.simple_tag(times.zone_name, name="zone_name")
register.simple_tag(pages.asset, name="asset")
register.simple_tag(times.weekday_short, name="weekday_short")
register.simple_tag(days.free_day, name="free_day")
register.simple_tag(days.slot_lines, name="slot_lines")


@register.filter
def place(minute: int, lasts: int) -> str:
    """The classes that put something into the day grid: `{{ 570|place:45 }}` is `t-0930 m-45`."""
    return f"t-{minute // 60:02d}{minute % 60:02d} m-{lasts}"


@register.filter
def breakable(address: str) -> SafeString:
    """An address that is broken, where it must be, behind its @; a long half at its signs, too, and not within a word."""
    pieces = [
        piece
        for half in re.split(r"(?<=@)", str(address))
        for piece in (re.split(r"(?<=[._+-])(?=[^@._+-])", half) if len(half) > _LONG else [half])
    ]
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in pieces))


@register.filter
def place_near(minute: int) -> str:
    """The class of the five minutes in which a minute lies, for the line of now."""
    return place(minute - minute % 5, 5)


@register.simple_tag
def ribbon(spans: Sequence[shapes.Span], opens: int, closes: int, kind: str = "free") -> SafeString:
    """A day as a line: `free`, `load` or `you` (the sun) between opening and closing."""
    return ribbons.ribbon(spans=spans, opens=opens, closes=closes, kind=kind)


register.simple_tag(ribbons.load_ribbon, name="load_ribbon")


@register.simple_tag
def moment(at: datetime, zone: str) -> SafeString:
    """The time with its zone beside it, as a `<time>`."""
    return drawn("moment", at=at, zone=zone)


@register.simple_tag
def badge(text: str, icon: str = "", state: str = "") -> SafeString:
    """A state in an icon and a word or two: state `good`, `wait`, `stop`, `note`, `tone`, `line` or none."""
    return drawn("badge", text=text, icon=icon, state=state)


@register.simple_tag
def bead(icon: str, state: str = "") -> SafeString:
    """The round mark of a thread: `good`, `wait`, `stop`, `none` or plain."""
    return drawn("bead", icon=icon, state=state)


@register.simple_tag
def face(name: str, hue: int | None = None, size: str = "") -> SafeString:
    """Initials in a disc of the person's own colour; size "", "s" or "l". Decorative: print the name beside it."""
    return drawn("face", letters=shapes.initials(name), hue=hue, size=size)


# --- the frame of a page -------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def language_menu(context: Context, *, inside_menu: bool = False) -> SafeString:
    """The languages as one form that works without a script; nothing where the installation cannot switch."""
    return drawn("language_menu", **pages.language_choices(context), inside_menu=inside_menu)
