"""Cancel, or decline a request: first what it means and who is told, then the act."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.decline_request import decline_request
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import change_options
from clientela.booking.queries.lent import lenders_of
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.credit_outcome import CreditResult
from clientela.rules.redemption_state import RedemptionState
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.forecasts import of_leaving
from clientela.web.desk.frame import desk_page
from clientela.web.desk.reasons import refusal_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

DOOR = "desk"
LONGEST_REASON = 300
FORFEITED = CreditResult.FORFEITED.value
Way = Literal["cancel", "decline"]


def cancel(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """GET says what cancelling means; POST cancels."""
    return _leave(request, appointment_id, way="cancel")


def decline(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """GET says what declining means; POST declines the request."""
    return _leave(request, appointment_id, way="decline")


def _leave(request: DoorRequest, appointment_id: UUID, *, way: Way) -> HttpResponse:
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    if request.method != "POST":
        return _page(request, desk, one, way)
    try:
        reason = request.POST.get("reason", "")[:LONGEST_REASON]
        _do(desk, one, way, reason, forfeits=request.POST.get("credit") == FORFEITED)
    except Refusal as refusal:
        words = refusal_words(refusal, start=one.starts_at, zone=desk.zone)
        return panel(request, desk, desk.appointment(one.pk), refused=words, status=409)
    told(
        request,
        _("The appointment is cancelled.") if way == "cancel" else _("The request is declined."),
    )
    return redirect("desk:appointment", desk.business.slug, one.pk)


def _do(desk: Desk, one: Appointment, way: Way, reason: str, *, forfeits: bool) -> None:
    if way == "cancel":
        cancel_appointment(
            appointment=one,
            by=desk.actor,
            door=DOOR,
            reason_text=reason,
            forfeits=forfeits,
            now=desk.now,
        )
        return
    decline_request(appointment=one, by=desk.actor, reason_text=reason, now=desk.now)


def _page(request: DoorRequest, desk: Desk, one: Appointment, way: Way) -> HttpResponse:
    """Say who is told and what becomes free; where it is too late already, the appointment's page."""
    is_open = one.status in (
        {Status.REQUESTED} if way == "decline" else {Status.REQUESTED, Status.CONFIRMED}
    )
    if not is_open:
        return panel(request, desk, one)
    return desk_page(
        request,
        "desk/leave.html",
        desk,
        place="calendar",
        one=one,
        way=way,
        told=of_leaving(one, declines=way == "decline", now=desk.now),
        **_credit(desk, one, way),
    )


def _credit(desk: Desk, one: Appointment, way: Way) -> dict[str, Any]:
    """What becomes of its credit: of a redeemed one staff choose, with what the policy would say to a client."""
    free_until = change_options(appointment=one, now=desk.now).free_until
    return {
        "redemption": one.redemption,
        "keeper": _keeper(desk, one),
        "chooses": way == "cancel" and one.redemption == RedemptionState.REDEEMED,
        "free_until": free_until,
        "is_late": free_until is not None and free_until < desk.now,
    }


def _keeper(desk: Desk, one: Appointment) -> str:
    """Who lent its credit, whom only those read of who reach every client; blank where it is the client's own."""
    lender = lenders_of(appointment_ids=[one.pk]).get(one.pk)
    if lender is None:
        return ""
    return lender.record_name if desk.sees_all else _("the person who lent it")
