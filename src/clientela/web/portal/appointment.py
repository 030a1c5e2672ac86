"""Manage my appointment: what it is, until when it can be changed, and the acts that are open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from clientela.web import refusals
from clientela.web.portal.calendar_links import calendar_links
from clientela.web.portal.closed import closed_words
from clientela.web.portal.day_hours import day_hours
from clientela.web.portal.deadline import deadline_of, promises_of
from clientela.web.portal.messages_told import messages_told
from clientela.web.portal.visit import Visit, answer, visit_of


def appointment(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Show the appointment of the link. Opening it changes nothing."""
    return manage_page(request, visit_of(request, token))


def manage_page(
    request: HttpRequest, visit: Visit, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page, after a refused act with what was refused and why."""
    return answer(
        request,
        "portal/appointment.html",
        visit,
        status=status,
        hours=day_hours(visit),
        refused=refused,
        closed=closed_words(visit),
        deadline=deadline_of(visit),
        promises=promises_of(visit),
        calendars=calendar_links(visit),
        beads=messages_told(visit),
    )


def after_refusal(request: HttpRequest, token: str, word: str) -> HttpResponse:
    """Draw the appointment as it stands now, above it why the act was declined."""
    visit = visit_of(request, token)
    said = refusals.sentence(word, zone=visit.reading.zone)
    return manage_page(request, visit, refused=said, status=409)
