"""Let a request say what has become of a wish to join two accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.accounts.models import AccountJoin
from clientela.platform.locking import lock
from clientela.support.actions.end_request import end_as_came
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
            emails=[one for one in (join.own_email, join.other_email) if one],
            asked_at=join.asked_at,
            now=now,
            join=join,
        )
        came = (
            (join.joined_at, RequestState.DONE, JOINED),
            (join.refused_at, RequestState.DECLINED, REFUSED),
            (join.expired_at, RequestState.EXPIRED, EXPIRED),
        )
        end_as_came(request=request, came=came, now=now)
    return request
