"""The acts that need no second thought: accepting a request, noting who came, setting a state right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.actions.confirm_request import confirm_request
from clientela.booking.actions.correct_status import AMONG, correct_status
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.models import Appointment, Status
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.reasons import refusal_words
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told

Doing = tuple[Callable[..., Any], str | Promise]

DOINGS: dict[str, Doing] = {
    "accept": (confirm_request, gettext_lazy("The request is accepted.")),
    "came": (mark_attended, gettext_lazy("Noted: they came.")),
    "missed": (mark_no_show, gettext_lazy("Noted: they did not come.")),
}


def act(request: DoorRequest, business: str, appointment_id: UUID, doing: str) -> HttpResponse:
    """Do one of the acts that need no second thought; then show how it stands."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    try:
        said = _do(one, doing, desk)
    except Refusal as refusal:
        words = refusal_words(refusal, start=one.starts_at, zone=desk.zone)
        return panel(request, desk, desk.appointment(appointment_id), refused=words, status=409)
    told(request, said)
    return redirect("desk:appointment", business, appointment_id)


def _do(one: Appointment, doing: str, desk: Desk) -> str:
    """Act, and say what was done; an act that does not exist is not found."""
    if doing in DOINGS:
        action, said = DOINGS[doing]
        action(appointment=one, by=desk.actor, now=desk.now)
        return str(said)
    text = doing.removeprefix("correct-")
    if not doing.startswith("correct-") or text not in {status.value for status in AMONG}:
        raise Http404
    correct_status(appointment=one, to=Status(text), by=desk.actor, now=desk.now)
    return _("The state is set right.")
