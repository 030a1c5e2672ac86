"""The frame of a client's record: who it is, what stands out, and the five tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.client_history import client_history
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Badge, Link
from clientela.web.desk.card_state import card_badges, other_name
from clientela.web.desk.clients.family import family_on_record
from clientela.web.desk.clients.notified import choice_badge, contacts_shown
from clientela.web.desk.duplicates.on_record import alike_on_record
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk
from clientela.web.desk.undo import toasts
from clientela.web.desk.waiting import unpaid_at, unredeemed_at

Tab = Literal["profile", "bookings", "accounting", "messages", "history"]
OPEN = frozenset({Status.CONFIRMED, Status.REQUESTED})


@dataclass(frozen=True, slots=True)
class Record:
    """A card with what this member of staff may read of it: appointments latest first, and what waits to be settled."""

    card: Client
    rows: list[Appointment]
    pending: list[Appointment]
    unpaid: list[Sale]


def record_of(desk: Desk, card: Client) -> Record:
    """Gather what every tab needs; a professional reads what was with them. Three queries."""
    rows = client_history(card)
    if not desk.sees_all:
        own = desk.own.pk if desk.own else None
        rows = [one for one in rows if one.professional_id == own]
    return Record(
        card=card,
        rows=rows,
        pending=list(unredeemed_at(desk).filter(client=card)),
        unpaid=list(unpaid_at(desk).filter(client=card)),
    )


def record_page(
    request: DoorRequest,
    desk: Desk,
    record: Record,
    tab: Tab,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 -- what the tab's template is given
) -> HttpResponse:
    """Draw one tab of the record."""
    card, rows = record.card, record.rows
    came = [one for one in rows if one.status == Status.ATTENDED]
    return desk_page(
        request,
        f"desk/record/{tab}.html",
        desk,
        place="clients",
        status=status,
        card=card,
        contacts=contacts_shown(card, desk),
        badges=[*_to_settle(record), *badges_of(card)],
        other_name=other_name(card),
        tabs=_tabs(desk, record, tab),
        pending=record.pending,
        unpaid=record.unpaid,
        sell_url=sell_url(desk, record),
        visits=len(came),
        missed=sum(one.status == Status.NO_SHOW for one in rows),
        last=came[0] if came else None,
        next=next((one for one in reversed(rows) if _is_coming(one, desk)), None),
        alike=alike_on_record(desk, card),
        family=family_on_record(desk, card),
        toasts=toasts(request),
        **context,
    )


def badges_of(card: Client) -> list[Badge]:
    """What stands out about a card, with by what the person hears of appointments."""
    return [*card_badges(card), choice_badge(card)]


def sell_url(desk: Desk, record: Record) -> str:
    """Where to sell to this client: for the oldest appointment that waits, from its day on; else from today."""
    page = reverse("desk:sell", args=[desk.business.slug, record.card.pk])
    if not record.pending:
        return page
    oldest = record.pending[0]
    return f"{page}?applies={oldest.promised_local[:10]}" if oldest.starts_at < desk.now else page


def _to_settle(record: Record) -> list[Badge]:
    """What stands out first: what a sale or a payment settles."""
    found = []
    if record.pending:
        words = ngettext(
            "%(count)s pending redemption", "%(count)s pending redemption", len(record.pending)
        )
        found.append(Badge(text=words % {"count": len(record.pending)}, icon="coins", state="wait"))
    if record.unpaid:
        words = ngettext(
            "%(count)s sale to be paid", "%(count)s sales to be paid", len(record.unpaid)
        )
        found.append(Badge(text=words % {"count": len(record.unpaid)}, icon="wallet", state="wait"))
    return found


def _tabs(desk: Desk, record: Record, current: Tab) -> list[Link]:
    named: list[tuple[Tab, str, str, int]] = [
        ("profile", _("Profile"), "desk:client-profile", 0),
        ("bookings", _("Bookings"), "desk:client", len(record.pending)),
        ("accounting", _("Accounting"), "desk:client-accounting", len(record.unpaid)),
        ("messages", _("Messages"), "desk:client-messages", 0),
        ("history", _("History"), "desk:client-history", 0),
    ]
    return [
        Link(
            label=label,
            url=reverse(route, args=[desk.business.slug, record.card.pk]),
            current=tab == current,
            count=count,
            warns=bool(count),
        )
        for tab, label, route, count in named
    ]


def _is_coming(one: Appointment, desk: Desk) -> bool:
    return one.starts_at > desk.now and one.status in OPEN
