"""One of my appointments: its page, and the acts upon it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.hide_appointment import hide_appointment
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.reasons import nothing_changed
from clientela.web.visit.calendar_file import visit_file
from clientela.web.visit.cancel import cancel_visit
from clientela.web.visit.confirm import confirm_visit
from clientela.web.visit.move import move_visit
from clientela.web.visit.own_visit import own_visit
from clientela.web.visit.page import show_visit
from clientela.web.visit.visit import answer, private


def appointment(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """Show it; past the cut-off with the policy, since when, and whom to ask."""
    return show_visit(request, own_visit(request, appointment_id))


def confirm(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """Note that the client is coming."""
    return confirm_visit(request, partial(own_visit, request, appointment_id))


def move(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET shows the free times of the booking page, POST moves."""
    return move_visit(request, partial(own_visit, request, appointment_id))


def cancel(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET says what cancelling means; POST cancels."""
    return cancel_visit(request, partial(own_visit, request, appointment_id))


def calendar_file(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """Give the appointment as a calendar file."""
    return visit_file(own_visit(request, appointment_id))


def delete(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET says what deleting means, POST takes it off the person's list; the business keeps it."""
    visit = own_visit(request, appointment_id)
    if request.method != "POST":
        return answer(request, "client/delete.html", visit)
    try:
        hide_appointment(appointment=visit.appointment, by=request.actor, now=visit.now)
    except Refusal as refusal:
        messages.error(request, nothing_changed(refusal))
        return private(redirect(visit.door.home))
    messages.success(request, _("It is off your list."))
    return private(redirect("client:home"))
