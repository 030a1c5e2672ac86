"""Cancel: first what it means, then the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.cancel import cancel_appointment
from clientela.platform.refusal import Refusal
from clientela.web.visit.cost import cost_of_cancelling
from clientela.web.visit.day_hours import day_hours
from clientela.web.visit.page import after_refusal, show_visit
from clientela.web.visit.visit import Find, answer, private

LONGEST_REASON = 300


def cancel_visit(request: HttpRequest, find: Find) -> HttpResponse:
    """GET says what cancelling means; POST cancels."""
    visit = find()
    if request.method != "POST":
        if not visit.options.cancel.allowed:
            return show_visit(request, visit)
        return answer(
            request,
            "visit/cancel.html",
            visit,
            hours=day_hours(visit),
            cost=cost_of_cancelling(visit),
        )
    try:
        cancel_appointment(
            appointment=visit.appointment,
            by=visit.door.by,
            door=visit.door.name,
            reason_text=request.POST.get("reason", "")[:LONGEST_REASON],
            now=visit.now,
        )
    except Refusal as refusal:
        return after_refusal(request, find, refusal.reason)
    messages.success(request, _("Your appointment is cancelled."))
    return private(redirect(visit.door.home))
