"""Let a request say what has become of an invitation into a household."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.people.models import HouseholdInvitation
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.support.actions.end_request import end_request
from clientela.support.actions.note_request import note_request
from clientela.support.models import Request, RequestState

ACCEPTED, REFUSED, WITHDRAWN, EXPIRED = "accepted", "refused", "withdrawn", "expired"


def follow_invitation(*, invitation_id: UUID, now: datetime) -> Request | None:
    """Note the request of this invitation, if it is not yet, and end it when it was answered, taken back or ran out.

    Doing it twice is doing it once. None: the invitation is forgotten already.
    """
    with transaction.atomic():
        lock(keys=[f"support-invitation:{invitation_id}"])
        invitation = (
            HouseholdInvitation.objects.select_related("account").filter(pk=invitation_id).first()
        )
        if invitation is None:
            return None
        request = Request.objects.filter(invitation=invitation).first() or note_request(
            account=invitation.account,
            emails=[invitation.own_email, invitation.email],
            asked_at=invitation.asked_at,
            now=now,
            invitation=invitation,
        )
        end = _end_of(invitation)
        if end is not None:
            state, outcome, at = end
            by = Actor.system("support")
            end_request(request=request, state=state, outcome=outcome, by=by, now=now, at=at)
    return request


def _end_of(one: HouseholdInvitation) -> tuple[RequestState, str, datetime] | None:
    if one.accepted_at is not None:
        return RequestState.DONE, ACCEPTED, one.accepted_at
    if one.refused_at is not None:
        return RequestState.DECLINED, REFUSED, one.refused_at
    if one.withdrawn_at is not None:
        return RequestState.WITHDRAWN, WITHDRAWN, one.withdrawn_at
    if one.expired_at is not None:
        return RequestState.EXPIRED, EXPIRED, one.expired_at
    return None
