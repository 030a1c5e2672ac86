"""The appointment's own page: what it is, until when it can be changed, and the acts that are open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from clientela.web import refusals
from clientela.web.visit.calendar_links import calendar_links
from clientela.web.visit.closed import closed_words
from clientela.web.visit.cost import free_words
from clientela.web.visit.day_hours import day_hours
from clientela.web.visit.deadline import deadline_of, promises_of
from clientela.web.visit.dues import dues_of
from clientela.web.visit.lent import lenders_for
from clientela.web.visit.messages_told import messages_told
from clientela.web.visit.visit import Find, Visit, answer


def show_visit(
    request: HttpRequest, visit: Visit, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page, after a refused act with what was refused and why. Opening it changes nothing."""
    dues = dues_of(visit)
    return answer(
        request,
        "visit/appointment.html",
        visit,
        status=status,
        hours=day_hours(visit),
        refused=refused,
        closed=closed_words(visit),
        deadline=deadline_of(visit),
        promises=[*promises_of(visit), *free_words(visit, dues)],
        dues=dues,
        lenders=lenders_for(request, visit),
        calendars=calendar_links(visit),
        beads=messages_told(visit),
    )


def after_refusal(request: HttpRequest, find: Find, word: str) -> HttpResponse:
    """Draw the appointment as it stands now, above it why the act was declined."""
    visit = find()
    said = refusals.sentence(word, zone=visit.reading.zone)
    return show_visit(request, visit, refused=said, status=409)
