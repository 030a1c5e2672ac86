"""The appointment of a secret link, and where its pages are."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.business.models import ClientLogin
from clientela.platform.actor import Actor
from clientela.web.visit.visit import Door, Visit, again_url, visit_at
from clientela.web.visitor import language_of, speak

DOOR = "manage-link"


def visit_of(request: HttpRequest, token: str) -> Visit:
    """Find the appointment of the link, or answer 404: an unknown, foreign or mistyped link all look the same."""
    appointment = appointment_by_link(token)
    if appointment is None:
        raise Http404
    speak(request, fallback=appointment.language or language_of(appointment.business))
    return visit_at(request, appointment=appointment, door=_door(appointment, token))


def _door(appointment: Appointment, token: str) -> Door:
    def at(name: str) -> str:
        return reverse(f"portal:{name}", args=[appointment.business.slug, token])

    return Door(
        frame="design/public.html",
        name=DOOR,
        by=Actor.guest(),
        home=at("appointment"),
        move=at("reschedule"),
        cancel=at("cancel"),
        confirm=at("confirm"),
        calendar_file=at("calendar-file"),
        again=again_url(appointment),
        pay=at("pay"),
        why=at("why"),
    )


def invitation_url(visit: Visit, token: str) -> str:
    """Where a guest creates an account that takes this appointment along; blank where clients have no log-in.

    The link's secret is what the new account claims the appointment by; a page that shows this address
    tells no other site.
    """
    if visit.policy.client_login == ClientLogin.OFF:
        return ""
    query = urlencode({"booking": token, "business": visit.appointment.business.slug})
    return f"{reverse('account_signup')}?{query}"
