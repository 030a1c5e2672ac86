"""End what waited for the client too long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from clientela.platform.actor import Actor
from clientela.support.actions.end_request import end_request
from clientela.support.models import Request, RequestKind, RequestState

WAITS_FOR: Final = timedelta(days=30)
EXPIRED, GONE = "expired", "account-gone"
_AT_ONCE: Final = 100


def expire_requests(*, now: datetime) -> int:
    """End specialists' requests that waited 30 days for the client, and those whose asker's account is gone.

    A person's own wish runs out with its codes or its link, which is told (``JoinExpired``, ``HouseholdAnswered``).
    Says how many ended.
    """
    waiting = Request.objects.filter(state=RequestState.WAITING_FOR_CLIENT)
    is_late = Q(kind=RequestKind.RECLASSIFY, since__lte=now - WAITS_FOR)
    is_orphan = ~Q(kind=RequestKind.RECLASSIFY) & Q(join=None, invitation=None)
    ended = 0
    for request in waiting.filter(is_late | is_orphan).order_by("since")[:_AT_ONCE]:
        late = request.kind == RequestKind.RECLASSIFY
        with transaction.atomic():
            ended += end_request(
                request=request,
                state=RequestState.EXPIRED if late else RequestState.WITHDRAWN,
                outcome=EXPIRED if late else GONE,
                by=Actor.system("support"),
                now=now,
            )
    return ended
