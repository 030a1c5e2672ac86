"""The accounting of a record: what is left, why it is what it is, what was sold and paid, and the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _, ngettext

from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.ledger.models import Invoice
from clientela.ledger.queries.balances import Balance, balances
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.ledger.queries.statement import Line, StatementLine, statement
from clientela.rules import clock_time
from clientela.web.design import times
from clientela.web.design.shapes import Bead
from clientela.web.desk.choices import services_for
from clientela.web.desk.clients.loans import loans_of
from clientela.web.desk.clients.record import Record
from clientela.web.desk.sales.listing import SaleRow, sale_rows
from clientela.web.desk.sales.sale_shown import MINUS, appointments_behind
from clientela.web.desk.staff import Desk
from clientela.web.refusals import when

BeadState = Literal["good", "wait", "stop", "none", ""]
SALES, LINES = 100, 60
SOON_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class BalanceRow:
    """What is left of one purchase, in words: for which services, from when, until when."""

    name: str
    services: str
    left: str
    free: int
    span: str
    sale_id: UUID
    ends_soon: bool


def books_of(desk: Desk, record: Record) -> dict[str, Any]:
    """Return what the tab draws. What is asked of the database does not grow with what is listed."""
    card, today = record.card, business_day(business_id=desk.business.pk, now=desk.now)
    sales = list(desk.sales().filter(client=card).order_by("-sold_at", "-id")[:SALES])
    rows = sale_rows(sales, sale_sums(sale_ids=[one.pk for one in sales]))
    own = None if desk.sees_all else {one.pk for one in services_for(desk)}
    kept = [
        one for one in balances(client_id=card.pk, on=today) if own is None or one.service_ids & own
    ]
    reachable = {one.pk for one in sales}
    return {
        "sales": rows,
        "unpaid_rows": [row for row in rows if row.due],
        "due_minor": sum(row.due for row in rows),
        "balances": _balance_rows(kept, today),
        "free": sum(one.free for one in kept),
        "statement": _lines(desk, record, kept_sales=reachable),
        "papers": _papers(rows),
        **loans_of(desk, record),
    }


def _balance_rows(kept: Sequence[Balance], today: date) -> list[BalanceRow]:
    ids = {service for one in kept for service in one.service_ids}
    names = dict(Service.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [_balance(one, names, today) for one in kept]


def _balance(one: Balance, names: dict[UUID, str], today: date) -> BalanceRow:
    words = ngettext(
        "%(count)s credit of %(credits)s left", "%(count)s credits of %(credits)s left", one.free
    )
    until = one.valid_until
    return BalanceRow(
        name=one.name,
        services=", ".join(sorted(names[key] for key in one.service_ids)),
        left=words % {"count": one.free, "credits": one.credits},
        free=one.free,
        span=_span(one, today),
        sale_id=one.sale_id,
        ends_soon=until is not None and (until - today).days <= SOON_DAYS,
    )


def _span(one: Balance, today: date) -> str:
    """From when, if that is still to come, and until when."""
    if one.applies_on > today:
        begins = times.short_day_and_year(one.applies_on)
        if one.valid_until is None:
            return _("from %(day)s, without end") % {"day": begins}
        ends = times.short_day_and_year(one.valid_until)
        return _("from %(day)s until %(last)s") % {"day": begins, "last": ends}
    if one.valid_until is None:
        return _("without end")
    return _("until %(day)s") % {"day": times.short_day_and_year(one.valid_until)}


def _lines(desk: Desk, record: Record, *, kept_sales: set[UUID]) -> list[Bead]:
    """Why the balance is what it is, the newest first; a professional reads it of the sales they reach."""
    lines = [
        one
        for one in statement(client_id=record.card.pk)
        if desk.sees_all or one.sale_id in kept_sales
    ][-LINES:]
    rows = appointments_behind(desk, {one.cause for one in lines if one.cause})
    return [
        _bead(line, _about(rows.get(line.cause), record, desk), desk.zone)
        for line in reversed(lines)
    ]


def _about(one: Appointment | None, record: Record, desk: Desk) -> str:
    """When the appointment is; of what was lent, whose it is, too."""
    if one is None:
        return ""
    at = when(one.starts_at, desk.zone)
    if one.client_id == record.card.pk:
        return at
    return _("for %(name)s, %(when)s") % {"name": one.client.record_name, "when": at}


def _steps() -> dict[Line, tuple[str, str, BeadState]]:
    """What each step of a credit is called, with its picture."""
    return {
        Line.GRANTED: (_("Granted"), "plus", "good"),
        Line.REDEEMED: (_("Redeemed"), "check", ""),
        Line.RETURNED: (_("Returned"), "undo-2", "good"),
        Line.FORFEITED: (_("Used up: missed, or cancelled late"), "coins", "stop"),
        Line.REINSTATED: (_("Counts as used again"), "check", ""),
        Line.TAKEN_BACK: (_("Taken back: the sale was voided"), "x", "stop"),
    }


def _bead(line: StatementLine, about: str, zone: str) -> Bead:
    title, icon, state = _steps()[line.line]
    change = f"{line.change:+d}".replace("-", MINUS) if line.change else ""
    left = ngettext("%(count)s left", "%(count)s left", line.left) % {"count": line.left}
    return Bead(
        icon=icon,
        state=state,
        title=" ".join(part for part in (title, change) if part),
        when=" · ".join(part for part in (about, line.name, left) if part),
        why=_noted(line, zone),
    )


def _noted(line: StatementLine, zone: str) -> str:
    """When it was noted, and from which day it counts where that is another."""
    noted = _("noted %(known)s") % {"known": when(line.recorded_at, zone)}
    if clock_time.local_date(line.recorded_at, zone) == line.happened_on:
        return noted
    return _("counts from %(day)s, %(noted)s") % {
        "day": times.short_day_and_year(line.happened_on),
        "noted": noted,
    }


def _papers(rows: Sequence[SaleRow]) -> list[Invoice]:
    ids = [row.sale.pk for row in rows]
    if not ids:
        return []
    return list(
        Invoice.objects.filter(sale__in=ids)
        .defer("document", "facts")
        .order_by("-issued_at", "-id")
    )
