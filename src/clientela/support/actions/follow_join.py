"""Let a request say what has become of a wish to join two accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.accounts.models import AccountJoin
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.support.actions.end_request import end_request
from clientela.support.actions.note_request import note_request
from clientela.support.models import Request, RequestState

JOINED, REFUSED, EXPIRED = "joined", "refused", "expired"


def follow_join(*, join_id: UUID, now: datetime) -> Request | None:
    """Note the request of this wish, if it is not yet, and end it when the wish has ended; doing it twice is once.

    While just one mailbox, or none, has answered it waits for the client, and nobody else ends it. None: the wish is
    forgotten already.
    """
    with transaction.atomic():
        lock(keys=[f"support-join:{join_id}"])
        join = AccountJoin.objects.select_related("account").filter(pk=join_id).first()
        if join is None:
            return None
        request = Request.objects.filter(join=join).first() or note_request(
            account=join.account,
            emails=[join.own_email, join.other_email],
            asked_at=join.asked_at,
            now=now,
            join=join,
        )
        end = _end_of(join)
        if end is not None:
            state, outcome, at = end
            by = Actor.system("support")
            end_request(request=request, state=state, outcome=outcome, by=by, now=now, at=at)
    return request


def _end_of(join: AccountJoin) -> tuple[RequestState, str, datetime] | None:
    if join.joined_at is not None:
        return RequestState.DONE, JOINED, join.joined_at
    if join.refused_at is not None:
        return RequestState.DECLINED, REFUSED, join.refused_at
    if join.expired_at is not None:
        return RequestState.EXPIRED, EXPIRED, join.expired_at
    return None
