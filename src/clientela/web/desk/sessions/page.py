"""A group session: its seats and who sits in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.cancel_session import cancel_session
from clientela.booking.models import Appointment, Session
from clientela.policy.door_request import DoorRequest
from clientela.rules import clock_time
from clientela.rules.lifecycle import HOLDS_TIME
from clientela.web.desk.forecasts import of_session
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts, told
from clientela.web.states import Audience, badge_of

DOOR = "desk"
LONGEST_REASON = 300


def session(request: DoorRequest, business: str, session_id: UUID) -> HttpResponse:
    """Show a session and its list of seats."""
    desk = desk_of(request)
    one = desk.session(session_id)
    return desk_page(
        request,
        "desk/session.html",
        desk,
        place="calendar",
        one=one,
        seated=[
            (row, badge_of(row.status, audience=Audience.STAFF, redemption=row.redemption))
            for row in _seated(one)
        ],
        left=max(0, one.seats - one.seats_taken),  # type: ignore[attr-defined]  # annotated by the query
        is_past=one.ends_at <= desk.now,
        back_day=clock_time.local_date(one.starts_at, desk.zone).isoformat(),
        toasts=toasts(request),
    )


def cancel(request: DoorRequest, business: str, session_id: UUID) -> HttpResponse:
    """GET says who is told; POST calls the session off."""
    desk = desk_of(request)
    one = desk.session(session_id)
    if request.method != "POST" and one.cancelled_at is None:
        return _ask(request, desk, one)
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:LONGEST_REASON]
        cancel_session(session=one, by=desk.actor, door=DOOR, reason_text=reason, now=desk.now)
        told(request, _("The session is cancelled."))
    return redirect("desk:session", business, session_id)


def _ask(request: DoorRequest, desk: Desk, one: Session) -> HttpResponse:
    seated = _seated(one)
    return desk_page(
        request,
        "desk/cancel_session.html",
        desk,
        place="calendar",
        one=one,
        seated=seated,
        foretold=of_session(seated, now=desk.now),
    )


def _seated(one: Session) -> list[Appointment]:
    """Who sits in it, in the order of booking."""
    rows = Appointment.objects.filter(
        session=one, status__in=[status.value for status in HOLDS_TIME]
    )
    return list(
        rows.select_related("business", "client", "professional__account").order_by(
            "created_at", "id"
        )
    )
