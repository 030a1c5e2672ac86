"""I am coming: the client confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.booking.actions.confirm_attendance import confirm_attendance
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.web.portal.appointment import after_refusal
from clientela.web.portal.visit import DOOR, private, visit_of


def confirm(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Note that the client is coming."""
    visit = visit_of(request, token)
    try:
        confirm_attendance(
            appointment=visit.appointment, by=Actor.guest(), door=DOOR, now=visit.now
        )
    except Refusal as refusal:
        return after_refusal(request, token, refusal.reason)
    messages.success(request, _("Thank you. We know that you are coming."))
    return private(redirect("portal:appointment", business, token))
