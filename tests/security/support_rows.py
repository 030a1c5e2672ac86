"""What of the support's desk an address may name: a request about an appointment, and what somebody wrote."""

from __future__ import annotations

from django.db import models
from tests.factories import NOW

from clientela.booking.models import Appointment, ReclassifyRequest
from clientela.support.actions.open_thread import open_thread
from clientela.support.actions.write_line import write_line
from clientela.support.models import AskedAs, Request, RequestKind, RequestState


def asked_of_support(appointment: Appointment) -> dict[str, models.Model]:
    """A specialist asks about a marker, and the support is awaited; somebody without a name wrote to it."""
    rests_on = ReclassifyRequest.objects.create(
        business_id=appointment.business_id,
        appointment=appointment,
        wanted="returning",
        ground="other-channel",
        asked_at=NOW,
    )
    request = Request.objects.create(
        kind=RequestKind.RECLASSIFY,
        state=RequestState.OPEN,
        asked_as=AskedAs.STAFF,
        business_id=appointment.business_id,
        appointment_id=appointment.pk,
        reclassify_id=rests_on.pk,
        wanted="returning",
        asked_at=NOW,
        since=NOW,
    )
    secret = f"the browser of {appointment.pk}"
    thread = open_thread(secret=secret, business=appointment.business, language="en", now=NOW)
    write_line(thread=thread, body="Hello", key="town", now=NOW)
    return {"request_id": request, "thread_id": thread}
