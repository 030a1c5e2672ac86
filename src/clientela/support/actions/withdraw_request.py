"""Take back one's own request about a booking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.reclassify_appointment import withdraw_reclassification
from clientela.platform.actor import Actor
from clientela.support.actions.end_request import end_request
from clientela.support.errors import NotYourRequest, RequestEnded
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests import rests_on

WITHDRAWN = "withdrawn"


def withdraw_request(*, request: Request, by: Actor, now: datetime) -> Request:
    """End a specialist's own request; the marker stays as it is. Runs in the scope of its business.

    What a person asked of their own accounts ends by their mailboxes or by time, not here. Refuses
    ``NotYourRequest`` and ``RequestEnded``.
    """
    is_theirs = by.account_id is not None and by.account_id == request.account_id
    if request.kind != RequestKind.RECLASSIFY or not is_theirs:
        raise NotYourRequest
    with transaction.atomic():
        row = Request.objects.select_for_update().get(pk=request.pk)
        if row.ended_at is not None:
            raise RequestEnded
        asked = rests_on(request=row)
        if asked is not None and asked.asked_by_id == by.account_id:
            withdraw_reclassification(request=asked, by=by, now=now)
        end_request(request=row, state=RequestState.WITHDRAWN, outcome=WITHDRAWN, by=by, now=now)
    return row
