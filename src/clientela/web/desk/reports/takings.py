"""Takings: drawn by day, and listed by way of paying, by what was sold, and by professional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.checkout.queries.reports.sold_things import Thing
from clientela.checkout.queries.reports.takings import Sums, Takings, takings as takings_of
from clientela.ledger.models import SaleKind
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.reports.asked import Asked, asked_of
from clientela.web.desk.reports.shell import major, report_page
from clientela.web.desk.reports.takings_chart import by_bar, chart_of
from clientela.web.desk.sales.methods import method_icon, method_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.table_file import Cell, table_file


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it is of, a picture, and its sums."""

    label: str
    icon: str
    sums: Sums


def takings(request: DoorRequest, business: str) -> HttpResponse:
    """Show what was taken in some days; this month unless others are asked for."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    found = _found(desk, asked)
    return report_page(
        request,
        "takings",
        desk,
        title=_("Takings"),
        asked=asked,
        has_days=True,
        found=found,
        chart=chart_of(found),
        bars=by_bar(found),
        methods=[
            Line(method_words(one), method_icon(one), sums) for one, sums in found.methods.items()
        ],
        things=[Line(thing_words(one, found), "", sums) for one, sums in found.things.items()],
        people=[
            Line(found.professional_names[one] if one else _("Nobody in particular"), "", sums)
            for one, sums in found.professionals.items()
        ],
    )


def takings_file(request: DoorRequest, business: str) -> HttpResponse:
    """The same as a file: one row for each day, way of paying, thing and professional."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    head = (
        _("Day"),
        _("Way of paying"),
        _("What"),
        _("Professional"),
        _("Taken"),
        _("Given back"),
        _("Sold"),
        _("Sales"),
        _("Currency"),
    )
    name = f"takings-{asked.start}-{asked.end}.csv"
    return table_file(name, head, _rows(desk, _found(desk, asked)))


def _found(desk: Desk, asked: Asked) -> Takings:
    return takings_of(
        business=desk.business, start=asked.start, end=asked.end, known_at=asked.known_at
    )


def _rows(desk: Desk, found: Takings) -> Iterator[tuple[Cell, ...]]:
    for row in found.rows:
        yield (
            row.on,
            method_words(row.method) if row.method else "",
            thing_words(row.thing, found),
            found.professional_names[row.professional] if row.professional else "",
            major(row.sums.taken, desk),
            major(row.sums.back, desk),
            major(row.sums.sold, desk),
            row.sums.sales,
            found.currency,
        )


def thing_words(thing: Thing, found: Takings) -> str:
    """How a thing is called in these tables."""
    if not thing.kind:
        return _("Money without a sale")
    name = found.thing_names.get(thing, "")
    if thing.kind == SaleKind.FEE:
        return _("Fees, %(service)s") % {"service": name} if name else _("Fees")
    return name or _("Something else")
