"""What the operator decides: about an ambiguous message, the hold after a restore, events given up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from clientela.notify.actions.settle_ambiguous import leave_message, resend_message
from clientela.notify.errors import NotAmbiguous
from clientela.notify.models import Message
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.installation import release_sending
from clientela.platform.models.installation import THE_ONE
from clientela.platform.outbox import retry

if TYPE_CHECKING:

    class OperatorRequest(HttpRequest):
        """A request that the gate admitted."""

        actor: Actor


def resend(request: OperatorRequest, message_id: UUID) -> HttpResponse:
    """Send an ambiguous message once more; one that was settled meanwhile is left as it is."""
    message = get_object_or_404(Message, pk=message_id)
    try:
        resend_message(message=message, by=request.actor, now=clock.now())
    except NotAmbiguous:
        messages.info(request, _("It was settled in the meantime."))
    else:
        messages.success(request, _("It is sent again now, as the same message."))
    return redirect("operator:home")


def leave(request: OperatorRequest, message_id: UUID) -> HttpResponse:
    """Leave an ambiguous message as it is."""
    message = get_object_or_404(Message, pk=message_id)
    try:
        leave_message(message=message, by=request.actor, now=clock.now())
    except NotAmbiguous:
        messages.info(request, _("It was settled in the meantime."))
    else:
        messages.success(request, _("It is left as it is. Nothing more is sent."))
    return redirect("operator:home")


def release(request: OperatorRequest) -> HttpResponse:
    """End the hold that a restore put on sending, and note who did."""
    with transaction.atomic():
        if release_sending():
            installation = ("platform.Installation", THE_ONE)
            note(action="release-messages", subject=installation, by=request.actor, now=clock.now())
    messages.success(request, _("Messages may leave again."))
    return redirect("operator:home")


def retry_events(request: OperatorRequest) -> HttpResponse:
    """Let the worker try what was given up."""
    count = retry(now=clock.now())
    messages.success(
        request, _("%(count)s of them will be tried again within a second.") % {"count": count}
    )
    return redirect("operator:home")
