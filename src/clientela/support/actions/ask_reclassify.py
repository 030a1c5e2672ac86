"""Ask the support to correct the marker of a booking."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.booking.actions.reclassify_appointment import ask_reclassification
from clientela.booking.errors import ReclassifyRefused
from clientela.booking.models import Appointment
from clientela.business.plain_text import line
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.rules.attribution import Newness
from clientela.rules.reclassification import Ground, Verdict
from clientela.support.models import AskedAs, Request, RequestKind, RequestState

LONGEST_NOTE = 500


def ask_reclassify(
    *, appointment: Appointment, to: Newness, ground: Ground, text: str, by: Actor, now: datetime
) -> Request:
    """Ask that a booking's marker say something else; nothing changes until somebody decides who may.

    What the business or the support may decide is ``open``: either answers it, and it rests on booking's own row.
    What only the client can say (two accounts of one person, or of one family) is noted as *waiting for the client*:
    then nobody decides, and it ends by itself when the client's word turns the marker, or runs out. Never a merge.
    Asking twice is asking once. Refuses ``ReclassifyRefused`` and ``StaffOnly``.
    """
    with transaction.atomic():
        lock(keys=[f"support-marker:{appointment.pk}"])
        under_way = Request.objects.filter(
            appointment_id=appointment.pk, ended_at__isnull=True
        ).first()
        if under_way is not None:
            return under_way
        rests_on = _asked_of_business(
            appointment=appointment, to=to, ground=ground, text=text, by=by, now=now
        )
        request = Request.objects.create(
            kind=RequestKind.RECLASSIFY,
            state=RequestState.OPEN if rests_on else RequestState.WAITING_FOR_CLIENT,
            asked_as=AskedAs.STAFF,
            account_id=by.account_id,
            business_id=appointment.business_id,
            appointment_id=appointment.pk,
            reclassify_id=rests_on,
            wanted=to.value,
            note=line(text, limit=LONGEST_NOTE),
            asked_at=now,
            since=now,
        )
        audit.note(
            action="request-noted",
            subject=request,
            by=by,
            now=now,
            details={"kind": request.kind, "appointment": str(appointment.pk), "to": to.value},
        )
    return request


def _asked_of_business(
    *, appointment: Appointment, to: Newness, ground: Ground, text: str, by: Actor, now: datetime
) -> UUID | None:
    """Ask as booking does, and return its row; None where only the client can say so."""
    try:
        asked = ask_reclassification(
            appointment=appointment, to=to, ground=ground, text=text, by=by, now=now
        )
    except ReclassifyRefused as refusal:
        if refusal.reason != Verdict.CLIENT_MUST_CONFIRM.value:
            raise
        return None
    return asked.pk
