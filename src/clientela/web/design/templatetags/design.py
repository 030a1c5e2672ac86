"""The library that pages load as `{% load design %}`; every tag is described in the app's README."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from clientela.web.design import (
    days,
    fields,
    figures,
    icons,
    pages,
    ribbon as ribbons,
    shapes,
    times,
)

register = template.Library()

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


def drawn(part: str, **values: Any) -> SafeString:  # noqa: ANN401 -- a template takes anything
    """One part, rendered from its template with only the values it names."""
    return mark_safe(render_to_string(f"design/parts/{part}.html", values))  # noqa: S308 -- escaped by the template


@register.filter
def place(minute: int, lasts: int) -> str:
    """The classes that put something into the day grid: `{{ 570|place:45 }}` is `t-0930 m-45`."""
    return f"t-{minute // 60:02d}{minute % 60:02d} m-{lasts}"


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


# --- parts with content between their tags -------------------------------------------------------
@register.simple_block_tag
def slip(  # noqa: PLR0913 -- the parts of a slip
    content: str,
    starts_at: datetime,
    ends_at: datetime | None,
    zone: str,
    *,
    what: str = "",
    detail: str = "",
    state: str = "booked",
    opens: int | None = None,
    closes: int | None = None,
    edit_url: str = "",
    edit_label: str = "",
) -> SafeString:
    """The card a receptionist hands over; state `booked`, `past` or `cancelled`. The content closes its body."""
    return drawn(
        "slip",
        **pages.slip_values(starts_at, ends_at, zone, opens, closes),
        content=content,
        what=what,
        detail=detail,
        state=state,
        edit_url=edit_url,
        edit_label=edit_label,
    )


@register.simple_block_tag
def slip_row(  # noqa: PLR0913 -- the parts of a slip
    content: str,
    starts_at: datetime,
    zone: str,
    *,
    what: str = "",
    detail: str = "",
    state: str = "booked",
    edit_url: str = "",
    edit_label: str = "",
    act_url: str = "",
    act_label: str = "",
    act_icon: str = "",
) -> SafeString:
    """A slip in a list, as an `<li>` of `<ul class="slip-list">`; the content is its badges."""
    return drawn(
        "slip_row",
        **pages.slip_values(starts_at, None, zone, None, None, short=True),
        content=content,
        what=what,
        detail=detail,
        state=state,
        edit_url=edit_url,
        edit_label=edit_label,
        act_url=act_url,
        act_label=act_label,
        act_icon=act_icon,
    )


@register.simple_tag
def slip_blank(title: str, detail: str = "") -> SafeString:
    """A slip before a time is chosen."""
    return drawn("slip_blank", title=title, detail=detail)


@register.simple_block_tag
def notice(content: str, state: str, icon: str = "", title: str = "", role: str = "") -> SafeString:
    """A sentence with a strip: state `note`, `wait`, `stop`, `good` or `tone`; role `status` or `alert` if it is news."""
    return drawn(
        "notice",
        content=content,
        state=state,
        icon=icon or pages.NOTICE_ICONS[state],
        title=title,
        role=role,
    )


@register.simple_block_tag
def toast(content: str, text: str) -> SafeString:
    """What just happened, above the bottom bar; the content is the form that undoes it."""
    return drawn("toast", content=content, text=text)


@register.simple_block_tag
def empty_state(content: str, icon: str, title: str) -> SafeString:
    """Nothing here: what is missing, then (as content) the nearest thing that exists and one act."""
    return drawn("empty_state", content=content, icon=icon, title=title)


@register.simple_block_tag
def sheet(content: str, id: str, title: str) -> SafeString:  # noqa: A002 -- the HTML attribute's own name
    """A dialog that needs no script: opens at `#id`. Put *Keep it* first among its acts."""
    return drawn("sheet", content=content, id=id, title=title)


# --- lists ---------------------------------------------------------------------------------------
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


# --- forms ---------------------------------------------------------------------------------------
@register.simple_tag
def field(
    bound: BoundField,
    *,
    hint: str = "",
    tip: str = "",
    fix: str = "",
    fix_name: str = "",
    hints: Mapping[str, str] | None = None,
    classes: str = "",
    **attributes: Any,  # noqa: ANN401 -- HTML attributes
) -> SafeString:
    """A form's field, whole. `fix` is the corrected value a tip offers, sent as `fix_name`."""
    kind = fields.kind_of(bound)
    sentence = hint or str(bound.help_text)
    own = "input" if kind == "input" else ""
    drawn_control = fields.control(
        bound, hint=sentence, tip=tip, classes=own, attributes=attributes
    )
    options = fields.tiles(bound, hints or {}) if kind in {"tiles", "ticks"} else []
    return drawn(
        f"field_{kind}",
        bound=bound,
        key=bound.id_for_label or bound.html_name,
        control=drawn_control,
        options=options,
        hint=sentence,
        tip=tip,
        fix=fix,
        fix_name=fix_name,
        classes=classes,
        described=fields.described_by(bound, hint=sentence, tip=tip),
    )


@register.simple_block_tag
def switch(content: str, bound: BoundField, hint: str = "") -> SafeString:
    """A setting that is on or off; the content is what depends on it."""
    sentence = hint or str(bound.help_text)
    drawn_control = fields.control(
        bound, hint=sentence, tip="", classes="switch", attributes={"role": "switch"}
    )
    return drawn("switch", bound=bound, control=drawn_control, hint=sentence, content=content)


@register.simple_tag
def inline_field(bound: BoundField, before: str = "", after: str = "") -> SafeString:
    """A short field inside a sentence: *Until [12] hours before*."""
    drawn_control = fields.control(bound, hint="", tip="", classes="input", attributes={})
    return drawn("inline_field", bound=bound, control=drawn_control, before=before, after=after)


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """What is wrong, at the top of the page, each line a link to its field; nothing if all is well."""
    return drawn("error_summary", links=fields.error_links(form)) if form.errors else SafeString("")


# --- the frame of a page -------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def language_menu(context: Context, *, inside_menu: bool = False) -> SafeString:
    """The languages as one form that works without a script; nothing where the installation cannot switch."""
    return drawn("language_menu", **pages.language_choices(context), inside_menu=inside_menu)
