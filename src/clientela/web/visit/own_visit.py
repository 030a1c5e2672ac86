"""One appointment of the signed-in person, and where its pages are."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.booking.queries.own_appointments import own_appointment
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.visit.visit import Door, Visit, visit_at
from clientela.web.visitor import speak

DOOR = "client-pages"


def own_visit(request: DoorRequest, appointment_id: UUID) -> Visit:
    """Find the person's appointment, or answer 404: somebody else's and a deleted one look like none at all.

    What follows runs in the scope of its business.
    """
    appointment = own_appointment(account_id=request.user.pk, appointment_id=appointment_id)
    if appointment is None:
        raise Http404
    speak(request, fallback=request.user.language or settings.LANGUAGE_CODE)
    request.scopes.enter_context(business_scope(appointment.business_id))
    return visit_at(request, appointment=appointment, door=own_door(request, appointment))


def own_door(request: DoorRequest, appointment: Appointment) -> Door:
    """Where the pages of one of the person's appointments are."""

    def at(name: str) -> str:
        return reverse(f"client:{name}", args=[appointment.pk])

    return Door(
        frame="design/client.html",
        name=DOOR,
        by=request.actor,
        home=at("appointment"),
        move=at("move"),
        cancel=at("cancel"),
        confirm=at("confirm"),
        calendar_file=at("calendar-file"),
        again=at("again"),
        pay=reverse("balance:pay-appointment", args=[appointment.pk]),
        list=reverse("client:home"),
        delete=at("delete"),
        why=at("appointment-why"),
    )
