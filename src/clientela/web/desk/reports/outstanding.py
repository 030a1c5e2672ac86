"""Outstanding sales: what clients owe, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _, ngettext

from clientela.checkout.queries.reports.outstanding import (
    AGES,
    Debt,
    Outstanding,
    outstanding as outstanding_of,
)
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.reports.asked import Asked, asked_of
from clientela.web.desk.reports.shell import MOST_ROWS, major, report_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.table_file import Cell, table_file


@dataclass(frozen=True, slots=True)
class Step:
    """Some of it together: how it is called, what it comes to, and of how many."""

    label: str
    total: int
    number: int


def outstanding(request: DoorRequest, business: str) -> HttpResponse:
    """List unpaid sales, the oldest first, above them how old they are."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    found = _found(desk, asked)
    return report_page(
        request,
        "outstanding",
        desk,
        title=_("Outstanding sales"),
        asked=asked,
        found=found,
        steps=[Step(age_words(place), *sums) for place, sums in enumerate(found.ages)],
        debts=found.debts[:MOST_ROWS],
        left_out=max(len(found.debts) - MOST_ROWS, 0),
    )


def outstanding_file(request: DoorRequest, business: str) -> HttpResponse:
    """The same as a file."""
    desk = desk_of(request)
    asked = asked_of(request.GET, desk)
    head = (
        _("Client"),
        _("What"),
        _("Sold on"),
        _("Days"),
        _("Price"),
        _("Still due"),
        _("Currency"),
    )
    rows = (_row(one, desk) for one in _found(desk, asked).debts)
    return table_file(f"outstanding-{asked.on}.csv", head, rows)


def _row(debt: Debt, desk: Desk) -> tuple[Cell, ...]:
    sale = debt.sale
    return (
        sale.client.record_name,
        sale.name,
        sale.sold_on,
        debt.age,
        major(sale.price_minor, desk),
        major(debt.due, desk),
        sale.currency,
    )


def _found(desk: Desk, asked: Asked) -> Outstanding:
    return outstanding_of(business=desk.business, on=asked.on, known_at=asked.known_at)


def age_words(place: int) -> str:
    """How an age is called."""
    if place == 0:
        return ngettext("up to %(days)s day ago", "up to %(days)s days ago", AGES[0]) % {
            "days": AGES[0]
        }
    if place == len(AGES):
        return _("more than %(days)s days ago") % {"days": AGES[-1]}
    return _("%(from)s to %(to)s days ago") % {"from": AGES[place - 1] + 1, "to": AGES[place]}
