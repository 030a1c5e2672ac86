"""Let a request say what has become of an invitation into a household."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.people.models import HouseholdInvitation
from clientela.platform.locking import lock
from clientela.support.actions.end_request import end_as_came
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
        came = (
            (invitation.accepted_at, RequestState.DONE, ACCEPTED),
            (invitation.refused_at, RequestState.DECLINED, REFUSED),
            (invitation.withdrawn_at, RequestState.WITHDRAWN, WITHDRAWN),
            (invitation.expired_at, RequestState.EXPIRED, EXPIRED),
        )
        end_as_came(request=request, came=came, now=now)
    return request
