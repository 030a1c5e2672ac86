"""The appointment as a calendar file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from clientela.notify.calendar_file import FILE_NAME, calendar_file as file_of
from clientela.web.portal.visit import private, visit_of


def calendar_file(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Give the file; opened again after a change it corrects the entry that is there."""
    visit = visit_of(request, token)
    content = file_of(appointment=visit.appointment, now=visit.now, language=get_language() or "en")
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return private(response)
