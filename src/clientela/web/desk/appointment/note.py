"""Keep what staff write about an appointment for each other."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.write_staff_note import write_staff_note
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told


def note(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Replace the staff's note; the client never reads it."""
    desk = desk_of(request)
    write_staff_note(
        appointment=desk.appointment(appointment_id),
        text=request.POST.get("staff_note", ""),
        by=desk.actor,
        now=desk.now,
    )
    told(request, _("The note is kept."))
    return redirect("desk:appointment", business, appointment_id)
