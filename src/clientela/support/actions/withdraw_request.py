"""Take back what one asked oneself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.reclassify_appointment import withdraw_reclassification
from clientela.people.actions.answer_household import withdraw_household
from clientela.platform.actor import Actor
from clientela.support.actions.end_request import end_request
from clientela.support.actions.follow_invitation import follow_invitation
from clientela.support.errors import NotYourRequest, RequestEnded
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests import rests_on

WITHDRAWN = "withdrawn"


def withdraw_request(*, request: Request, by: Actor, now: datetime) -> Request:
    """End one's own request: a marker stays as it is (in the scope of its business), an invitation opens nothing more.

    That two accounts are one person's is not taken back: its codes are void within half an hour. Refuses
    ``NotYourRequest``, ``RequestEnded``, and ``LinkClosed`` for an invitation that was answered meanwhile.
    """
    is_theirs = by.account_id is not None and by.account_id == request.account_id
    if not is_theirs or request.kind == RequestKind.SAME_PERSON:
        raise NotYourRequest
    with transaction.atomic():
        if request.kind == RequestKind.HOUSEHOLD:
            return _withdraw_invitation(request, by=by, now=now)
        row = Request.objects.select_for_update().get(pk=request.pk)
        if row.ended_at is not None:
            raise RequestEnded
        asked = rests_on(request=row)
        if asked is not None and asked.asked_by_id == by.account_id:
            withdraw_reclassification(request=asked, by=by, now=now)
        end_request(request=row, state=RequestState.WITHDRAWN, outcome=WITHDRAWN, by=by, now=now)
    return row


def _withdraw_invitation(request: Request, *, by: Actor, now: datetime) -> Request:
    """Take the invitation back, and let the request say so at once."""
    invitation = request.invitation
    if request.ended_at is not None or invitation is None:
        raise RequestEnded
    withdraw_household(invitation=invitation, by=by, now=now)
    return follow_invitation(invitation_id=invitation.pk, now=now) or request
