"""I am coming: the client confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.platform.refusal import Refusal
from clientela.web.visit.page import after_refusal
from clientela.web.visit.visit import Find, private


def confirm_visit(request: HttpRequest, find: Find) -> HttpResponse:
    """Note that the client is coming."""
    visit = find()
    try:
        confirm_attendance(
            appointment=visit.appointment, by=visit.door.by, door=visit.door.name, now=visit.now
        )
    except Refusal as refusal:
        return after_refusal(request, find, refusal.reason)
    messages.success(request, _("Thank you. We know that you are coming."))
    return private(redirect(visit.door.home))
