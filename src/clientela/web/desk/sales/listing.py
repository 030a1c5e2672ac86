"""Sales: first what is to be settled, each with its one verb, then what was sold, filtered by state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from clientela.booking.models import Appointment
from clientela.business.plain_text import line
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import SaleSums, sale_sums
from clientela.policy.door_request import DoorRequest
from clientela.rules.sale_state import ENDED, OUTSTANDING, SaleState
from clientela.web.design.shapes import Badge, Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.sales.sale_shown import due_of
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts
from clientela.web.desk.waiting import unpaid_at, unredeemed_at
from clientela.web.states import Audience, badge_of, sale_badge

SHOWN = 25
PAGE = 30
STATES: dict[str, frozenset[SaleState]] = {
    "unpaid": OUTSTANDING,
    "paid": frozenset({SaleState.PAID}),
    "ended": ENDED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SaleRow:
    """A sale in a list: its badge, and what is still to be paid, in minor units."""

    sale: Sale
    badge: Badge
    due: int
    kept: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingRow:
    """An appointment that waits for redemption, and where it is sold for."""

    one: Appointment
    badge: Badge
    is_past: bool
    sell_url: str


def sales(request: DoorRequest, business: str) -> HttpResponse:
    """Show what waits, and what was sold."""
    desk = desk_of(request)
    pending, unpaid = unredeemed_at(desk), unpaid_at(desk)
    state = request.GET.get("state", "")
    text = line(request.GET.get("q", ""), limit=100)
    rows = _filtered(desk, state, text)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = list(unpaid[:SHOWN])
    sums = sale_sums(sale_ids=[one.pk for one in (*waiting, *page.object_list)])
    return desk_page(
        request,
        "desk/sales/list.html",
        desk,
        place="sales",
        pending=pending_rows(desk, pending[:SHOWN]),
        pending_count=pending.count(),
        unpaid=sale_rows(waiting, sums),
        unpaid_count=unpaid.count(),
        page=page,
        rows=sale_rows(page.object_list, sums),
        filters=_filters(desk, state),
        state=state,
        text=text,
        toasts=toasts(request),
    )


def pending_rows(desk: Desk, rows: Iterable[Appointment]) -> list[PendingRow]:
    """Return appointments with their badge and the way to sell for them."""
    return [
        PendingRow(
            one=one,
            badge=badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption),
            is_past=one.ends_at <= desk.now,
            sell_url=sell_url(desk, one),
        )
        for one in rows
    ]


def sell_url(desk: Desk, one: Appointment) -> str:
    """Return where to sell to an appointment's client, with its day as the application date."""
    page = reverse("desk:sell", args=[desk.business.slug, one.client_id])
    return f"{page}?appointment={one.pk}"


def sale_rows(rows: Iterable[Sale], sums: dict[UUID, SaleSums]) -> list[SaleRow]:
    """Return sales with their badge and what is due."""
    return [
        SaleRow(
            sale=one,
            badge=sale_badge(one.state, audience=Audience.STAFF),
            due=due_of(one, sums[one.pk]),
            kept=sums[one.pk].kept,
        )
        for one in rows
    ]


def _filtered(desk: Desk, state: str, text: str) -> QuerySet[Sale]:
    rows = desk.sales().order_by("-sold_at", "-id")
    if state in STATES:
        rows = rows.filter(state__in=[one.value for one in STATES[state]])
    return rows.filter(client__record_name__icontains=text) if text else rows


def _filters(desk: Desk, state: str) -> list[Link]:
    url = reverse("desk:sales", args=[desk.business.slug])
    named = [
        ("", pgettext("sales", "All")),
        ("unpaid", _("To be paid")),
        ("paid", pgettext("sales", "Paid")),
        ("ended", pgettext("sales", "Ended")),
    ]
    return [
        Link(
            label=label,
            url=f"{url}?state={key}#h-sold" if key else f"{url}#h-sold",
            current=state == key or (not key and state not in STATES),
        )
        for key, label in named
    ]
