"""Cancel: first what it means, then the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.cancel import cancel_appointment
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.web.portal.appointment import after_refusal, manage_page
from clientela.web.portal.day_hours import day_hours
from clientela.web.portal.visit import DOOR, answer, private, visit_of

LONGEST_REASON = 300


def cancel(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET says what cancelling means; POST cancels."""
    visit = visit_of(request, token)
    if request.method != "POST":
        if not visit.options.cancel.allowed:
            return manage_page(request, visit)
        return answer(request, "portal/cancel.html", visit, hours=day_hours(visit))
    try:
        cancel_appointment(
            appointment=visit.appointment,
            by=Actor.guest(),
            door=DOOR,
            reason_text=request.POST.get("reason", "")[:LONGEST_REASON],
            now=visit.now,
        )
    except Refusal as refusal:
        return after_refusal(request, token, refusal.reason)
    messages.success(request, _("Your appointment is cancelled."))
    return private(redirect("portal:appointment", business, token))
