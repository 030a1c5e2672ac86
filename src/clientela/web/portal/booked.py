"""Just booked: it is done, who was told what, and how to change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clientela.rules.lifecycle import Status
from clientela.web.portal.links import visit_of
from clientela.web.visit.calendar_links import calendar_links
from clientela.web.visit.day_hours import day_hours
from clientela.web.visit.deadline import promises_of
from clientela.web.visit.messages_told import told_at_once
from clientela.web.visit.visit import answer, private


def booked(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Say plainly that it is booked (or requested). Once it has moved on, lead to the appointment's own page."""
    visit = visit_of(request, token)
    if visit.is_gone or visit.is_past or visit.appointment.sequence:
        return private(redirect("portal:appointment", business, token))
    return answer(
        request,
        "portal/booked.html",
        visit,
        hours=day_hours(visit),
        is_request=visit.status is Status.REQUESTED,
        first_name=visit.appointment.client.record_name.split()[0],
        calendars=calendar_links(visit),
        beads=told_at_once(visit),
        promises=promises_of(visit),
    )
