"""The tabs of a client's record that only show: bookings, accounting, messages, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse

from clientela.booking.models import Appointment, Attribution
from clientela.booking.queries.explain_marker import markers_of
from clientela.notify.queries.client_trace import client_trace
from clientela.policy.door_request import DoorRequest
from clientela.rules.redemption_state import RedemptionState
from clientela.web.design.shapes import Badge
from clientela.web.desk.clients.books import books_of
from clientela.web.desk.clients.history import history_of_card
from clientela.web.desk.clients.notified import choice_badge, evidence_of, strange_zone
from clientela.web.desk.clients.record import record_of, record_page
from clientela.web.desk.clients.spent import months_of
from clientela.web.desk.sales.listing import sell_url as sell_url_for
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.ways import traced
from clientela.web.marker_words import newness_badge
from clientela.web.states import Audience, badge_of, credit_badge


def client(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What is booked, and what was; first what waits for redemption."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    markers = markers_of(appointment_ids=[one.pk for one in record.rows])
    rows = [_row(one, desk, markers.get(one.pk)) for one in record.rows]
    coming = [row for row in reversed(rows) if row.one.ends_at > desk.now]
    past = [row for row in rows if row.one.ends_at <= desk.now]
    return record_page(request, desk, record, "bookings", coming=coming, past=past)


def accounting(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What was sold and paid, what is left of it and why, and what was booked month by month."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    return record_page(
        request,
        desk,
        record,
        "accounting",
        months=months_of(record.rows, zone=desk.zone),
        currency=desk.business.currency,
        **books_of(desk, record),
    )


def messages(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What the client was told of which appointment, what waits, and why anything was not sent."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    lines = client_trace(client=record.card, now=desk.now)
    rows = [(one, traced(lines[one.pk], zone=desk.zone)) for one in record.rows if one.pk in lines]
    return record_page(
        request,
        desk,
        record,
        "messages",
        rows=rows,
        choice=choice_badge(record.card),
        evidence=evidence_of(record.card, zone=desk.zone),
        strange_zone=strange_zone(record.card, desk),
    )


def history(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What happened to the card, when, and by whom."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    beads = history_of_card(record.card, zone=desk.zone)
    return record_page(request, desk, record, "history", history=beads)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An appointment in the record: its badges, and where to sell for it if it waits."""

    one: Appointment
    badges: Sequence[Badge]
    sell_url: str
    marker: Badge | None = None


def _row(one: Appointment, desk: Desk, marker: Attribution | None) -> Row:
    state = badge_of(one.status, audience=Audience.STAFF, redemption=one.redemption)
    credit = credit_badge(one.redemption, audience=Audience.STAFF)
    waits = one.redemption == RedemptionState.PENDING
    return Row(
        one=one,
        badges=[state] if credit is None or credit == state else [state, credit],
        sell_url=sell_url_for(desk, one) if waits else "",
        marker=newness_badge(marker.value) if marker else None,
    )
