"""Delete an appointment from its client's view; the business keeps it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web import refusals
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told

REFUSED = 409


def hide(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Take what is over out of the client's lists."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    try:
        hide_appointment(appointment=one, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        return panel(request, desk, one, refused=[refusals.of(refusal)], status=REFUSED)
    told(request, _("The client does not see it any more; you do."))
    return redirect("desk:appointment", business, appointment_id)
