"""The calendar's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.ledger.queries.sale_sums import sale_sums
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.web.design import times
from clientela.web.design.shapes import Link
from clientela.web.desk.calendar.asked import Looking, View, looking
from clientela.web.desk.calendar.day_grid import day_grid
from clientela.web.desk.calendar.overview import (
    busy_days,
    day_list,
    listed_days,
    week_bar,
    week_table,
)
from clientela.web.desk.calendar.settle import piles
from clientela.web.desk.calendar.week import Week, week_of
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.listing import SaleRow, sale_rows
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.desk.waiting import unpaid_at

OWING = 6


def calendar(request: DoorRequest, business: str) -> HttpResponse:
    """Show a day, a week or a list, in the zone of the device in use."""
    desk = desk_of(request)
    look = looking(request.GET, desk=desk)
    week = week_of(desk, look)
    return desk_page(
        request,
        "desk/calendar.html",
        desk,
        place="calendar",
        look=look,
        **_head(desk, look, week),
        **_body(desk, look, week),
        piles=piles(desk),
        toasts=toasts(request),
    )


def _head(desk: Desk, look: Looking, week: Week) -> dict[str, Any]:
    """The title, the ways to other days and views."""
    first, last = week.days[0], week.days[-1]
    return {
        "title": times.day(look.on)
        if look.view is View.DAY
        else _("Week %(span)s") % {"span": _span(first, last)},
        "before": look.at(look.on - look.step).url,
        "after": look.at(look.on + look.step).url,
        "today": look.at(look.today).url,
        "views": [
            Link(label=_("Day"), url=look.seen(View.DAY).url, current=look.view is View.DAY),
            Link(label=_("Week"), url=look.seen(View.WEEK).url, current=look.view is View.WEEK),
            Link(label=_("List"), url=look.seen(View.LIST).url, current=look.view is View.LIST),
        ],
        "places": _places(desk, look),
        "bar": week_bar(look, week),
        "noon": clock_time.to_exact(
            on=look.on, minute=12 * 60, zone_name=desk.zone, gap="after", overlap="first"
        ),
    }


def _body(desk: Desk, look: Looking, week: Week) -> dict[str, Any]:
    """What the chosen view draws."""
    if look.view is View.WEEK:
        return {"table": week_table(week), "days": busy_days(week)}
    if look.view is View.LIST:
        return {"lists": listed_days(look, week)}
    return {
        "grid": day_grid(desk, look, week),
        "listed": day_list(look, week, look.on),
        "unredeemed": sum(card.unredeemed for card in week.on(look.on)),
        "owing": _owing(desk, look, week),
    }


def _owing(desk: Desk, look: Looking, week: Week) -> list[SaleRow]:
    """The unpaid sales of those who come that day: they can be asked at the desk. Three queries at most."""
    coming = {client for card in week.on(look.on) for client in card.clients}
    rows = list(unpaid_at(desk).filter(client__in=coming)[:OWING]) if coming else []
    return sale_rows(rows, sale_sums(sale_ids=[one.pk for one in rows])) if rows else []


def _places(desk: Desk, look: Looking) -> list[Link]:
    """The locations to look at, where there are several."""
    if len(desk.locations) < 2:  # noqa: PLR2004 -- one place is not a choice
        return []
    everywhere = Link(
        label=_("All locations"), url=look.within(None).url, current=look.location is None
    )
    return [
        everywhere,
        *(
            Link(label=one.name, url=look.within(one).url, current=one == look.location)
            for one in desk.locations
        ),
    ]


def _span(first: date, last: date) -> str:
    """`23–29 Nov`; both months where the week crosses into the next."""
    end = times.written(last, "", "d MMM").replace(".", "")
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{times.written(first, '', 'd MMM').replace('.', '')} – {end}"
