"""The parts of a mail as files of their own: the HTML for the frame, the calendar file, the source."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin

from clientela.notify.models import SimulatedMail
from clientela.web.simulator.mail import read
from clientela.web.simulator.only_here import simulator_only

# A mail styles itself inline; nothing else of it is believed. `sandbox` holds even when the
# frame is opened by itself: no script, no form, no origin.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)


@csp_exempt()  # type: ignore[arg-type]  # django-csp types a view as taking the request alone
@xframe_options_sameorigin
@simulator_only
def html(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The HTML part, under a policy of its own."""
    part = read(get_object_or_404(SimulatedMail, pk=mail_id)).html
    if not part:
        raise Http404
    response = HttpResponse(part)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


@simulator_only
def calendar(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The calendar file, to be opened by a calendar."""
    found = read(get_object_or_404(SimulatedMail, pk=mail_id))
    if not found.calendar:
        raise Http404
    response = HttpResponse(found.calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


@simulator_only
def source(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Every byte, as plain text."""
    kept = get_object_or_404(SimulatedMail, pk=mail_id)
    return HttpResponse(bytes(kept.source), content_type="text/plain; charset=utf-8")
