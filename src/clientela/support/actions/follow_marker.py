"""Let a request about a booking's marker say what has become of it elsewhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.booking.models import ReclassifyRequest, ReclassifyState
from clientela.booking.queries.explain_marker import markers_of
from clientela.platform.actor import Actor
from clientela.support.actions.decide_request import answered_as
from clientela.support.actions.end_request import end_request
from clientela.support.models import Request, RequestKind, RequestState

TURNED = "marker-turned"


def follow_marker(*, appointment_id: UUID, now: datetime) -> Request | None:
    """End as done what waited for the client, when the marker says what was asked for; else leave it."""
    with transaction.atomic():
        waiting = Request.objects.filter(
            kind=RequestKind.RECLASSIFY,
            state=RequestState.WAITING_FOR_CLIENT,
            appointment_id=appointment_id,
        ).first()
        marker = markers_of(appointment_ids=[appointment_id]).get(appointment_id)
        if waiting is None or marker is None or marker.value != waiting.wanted:
            return None
        by = Actor.system("support")
        end_request(request=waiting, state=RequestState.DONE, outcome=TURNED, by=by, now=now)
    return waiting


def follow_answer(*, reclassify_id: UUID, now: datetime) -> Request | None:
    """End the request that rests on this one of booking's, as an owner answered it at the desk."""
    with transaction.atomic():
        answered = ReclassifyRequest.objects.filter(pk=reclassify_id).first()
        request = Request.objects.filter(reclassify_id=reclassify_id, ended_at__isnull=True).first()
        is_answered = answered is not None and answered.state != ReclassifyState.WAITING
        if request is None or answered is None or not is_answered:
            return None
        state, outcome = answered_as(answered)
        by = Actor.staff(answered.decided_by_id, "owner") if answered.decided_by_id else _SYSTEM
        end_request(
            request=request,
            state=state,
            outcome=outcome,
            by=by,
            now=now,
            at=answered.decided_at,
        )
    return request


_SYSTEM = Actor.system("support")
