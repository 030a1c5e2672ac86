"""A closed statement: as known then, as known now, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.payouts.models import Statement
from clientela.payouts.queries.statement_sheet import Sheet, SheetRow, statement_sheet
from clientela.policy.door_request import DoorRequest
from clientela.rules.money import Money
from clientela.web.design.shapes import Badge, Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.payouts.lines import LineRow, adjustment_row, closed_row
from clientela.web.desk.payouts.reach import closed
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.marker_words import NAMES, newness_badge
from clientela.web.table_file import Cell, table_file

NOW = "now"


@dataclass(frozen=True, slots=True)
class Both:
    """A visit as it was counted, and as it counts now."""

    then: LineRow
    was_counted: bool
    now_minor: int
    now_badge: Badge
    differs: bool


def statement(request: DoorRequest, business: str, statement_id: UUID) -> HttpResponse:
    """Show what it said when it was closed; with ``?as=now``, what the same visits are worth as known now."""
    desk = desk_of(request)
    found = closed(desk, statement_id)
    sheet = statement_sheet(found)
    is_now = request.GET.get("as") == NOW
    return desk_page(
        request,
        "payouts/statement.html",
        desk,
        place="reports" if desk.is_owner else "payouts",
        title=found.professional.name,
        crumbs=_crumbs(desk, found),
        statement=found,
        sheet=sheet,
        is_now=is_now,
        views=_views(desk, found, is_now=is_now),
        rows=[_both(row, desk) for row in sheet.rows if is_now or row.line],
        taken_up=[closed_row(one, desk) for one in sheet.taken_up],
        difference=sheet.now_minor - sheet.then_minor,
        file=reverse("desk:payouts-statement-file", args=[desk.business.slug, found.pk]),
        toasts=toasts(request),
    )


def statement_file(request: DoorRequest, business: str, statement_id: UUID) -> HttpResponse:
    """The closed statement as a file: what it said then, line by line, and what each visit is worth now."""
    desk = desk_of(request)
    found = closed(desk, statement_id)
    head = (
        _("Day"), _("Client"), _("Service"), _("Marker"), _("Price"), _("Share in percent"),
        _("Amount"), _("As known now"), _("Corrects the statement up to"), _("Currency"),
    )  # fmt: skip
    return table_file(f"statement-{found.last_on}.csv", head, _cells(statement_sheet(found), desk))


def _cells(sheet: Sheet, desk: Desk) -> list[tuple[Cell, ...]]:
    currency = sheet.statement.currency

    def major(minor: int) -> Cell:
        return Money(minor, currency).major

    cells: list[tuple[Cell, ...]] = []
    for row in sheet.rows:
        if row.line is None:
            continue
        shown = closed_row(row.line, desk)
        cells.append((*_start(shown, major(shown.basis_minor)), major(row.then_minor), major(row.now_minor), "", currency))  # fmt: skip
    for line in sheet.taken_up:
        shown = closed_row(line, desk)
        until = shown.corrects.last_on if shown.corrects else None
        cells.append((*_start(shown, major(shown.basis_minor)), major(line.amount_minor), "", until, currency))  # fmt: skip
    return cells


def _start(shown: LineRow, basis: Cell) -> tuple[Cell, ...]:
    names = {one.value: str(words) for one, words in NAMES.items()}
    return shown.on, shown.who, shown.what, names[shown.newness], basis, shown.percent


def _both(row: SheetRow, desk: Desk) -> Both:
    """A row for the page; of a visit that was noted later, its first correction stands in for the line."""
    then = closed_row(row.line, desk) if row.line else adjustment_row(row.adjustments[0], desk)
    return Both(
        then=then,
        was_counted=row.line is not None,
        now_minor=row.now_minor,
        now_badge=newness_badge(row.earned.newness.value),
        differs=row.now_minor != row.then_minor,
    )


def _views(desk: Desk, found: Statement, *, is_now: bool) -> list[Link]:
    page = reverse("desk:payouts-statement", args=[desk.business.slug, found.pk])
    return [
        Link(label=_("As known then"), url=page, current=not is_now),
        Link(label=_("As known now"), url=f"{page}?as={NOW}", current=is_now),
    ]


def _crumbs(desk: Desk, found: Statement) -> list[Link]:
    slug = desk.business.slug
    own = reverse("desk:payouts-open", args=[slug, found.professional_id])
    links = [Link(label=found.professional.name, url=own)]
    if desk.is_owner:
        links.insert(0, Link(label=_("Payouts"), url=reverse("desk:payouts", args=[slug])))
    return [*links, Link(label=_("Statement"), url="", current=True)]
