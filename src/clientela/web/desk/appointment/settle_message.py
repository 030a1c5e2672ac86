"""A message of which nobody knows whether it left: send it again, or leave it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.notify.actions.settle_ambiguous import leave_message, resend_message
from clientela.notify.models import Message
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.appointment.panel import panel
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told


def settle_message(
    request: DoorRequest, business: str, appointment_id: UUID, message_id: UUID
) -> HttpResponse:
    """Do what was chosen; of two who choose at once, the second is told how it stands."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    message = Message.objects.filter(appointment=one, pk=message_id).first()
    if message is None:
        raise Http404
    again = request.POST.get("choice") == "again"
    try:
        (resend_message if again else leave_message)(message=message, by=desk.actor, now=desk.now)
    except Refusal:
        words = [_("Somebody has settled this message already.")]
        return panel(request, desk, one, refused=words, status=409)
    told(request, _("The message is sent again.") if again else _("The message is left as it is."))
    if request.POST.get("from") == "sent":
        return redirect(f"{reverse('desk:messages-sent', args=[business])}?outcome=unknown")
    return redirect("desk:appointment", business, appointment_id)
