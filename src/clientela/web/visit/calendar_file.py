"""The appointment as a calendar file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language

from clientela.notify.calendar_file import FILE_NAME, calendar_file
from clientela.web.visit.visit import Visit, private


def visit_file(visit: Visit) -> HttpResponse:
    """Give the file; opened again after a change it corrects the entry that is there."""
    content = calendar_file(
        appointment=visit.appointment, now=visit.now, language=get_language() or "en"
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return private(response)
