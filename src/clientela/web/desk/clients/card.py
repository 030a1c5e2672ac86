"""The tabs of a client's record that only show: bookings, accounting, messages, history."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from clientela.booking.models import Appointment
from clientela.notify.queries.client_trace import client_trace
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.appointment.told import bead_of_line
from clientela.web.desk.clients.history import history_of_card
from clientela.web.desk.clients.record import record_of, record_page
from clientela.web.desk.clients.spent import months_of
from clientela.web.desk.staff import desk_of
from clientela.web.states import Audience, badge_of


def client(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What is booked, and what was."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    return record_page(
        request,
        desk,
        record,
        "bookings",
        coming=[_row(one) for one in reversed(record.rows) if one.ends_at > desk.now],
        past=[_row(one) for one in record.rows if one.ends_at <= desk.now],
    )


def accounting(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What was booked and what it costs, month by month."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    return record_page(
        request,
        desk,
        record,
        "accounting",
        months=months_of(record.rows, zone=desk.zone),
        currency=desk.business.currency,
    )


def messages(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What the client was told of which appointment, what waits, and why anything was not sent."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    traced = client_trace(client=record.card, now=desk.now)
    rows = [
        (one, [bead_of_line(line, desk.zone) for line in traced[one.pk]])
        for one in record.rows
        if one.pk in traced
    ]
    return record_page(request, desk, record, "messages", rows=rows)


def history(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """What happened to the card, when, and by whom."""
    desk = desk_of(request)
    record = record_of(desk, desk.client(client_id))
    beads = history_of_card(record.card, zone=desk.zone)
    return record_page(request, desk, record, "history", history=beads)


def _row(one: Appointment) -> tuple[Appointment, object]:
    """An appointment with the badge of its state."""
    return one, badge_of(one.status, audience=Audience.STAFF)
