"""Let a request end."""

from __future__ import annotations

from datetime import datetime

from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.support.models import Request, RequestState


def end_request(
    *,
    request: Request,
    state: RequestState,
    outcome: str,
    by: Actor,
    now: datetime,
    at: datetime | None = None,
) -> bool:
    """End it, unless it has ended; say whether this call did. The addresses that were named are forgotten.

    ``at`` is when it came about, where that was earlier. What may end as what is the caller's to know; the database
    refuses ``done`` without what it rests on. Runs in the caller's transaction.
    """
    ended = Request.objects.filter(pk=request.pk, ended_at__isnull=True).update(
        state=state,
        since=at or now,
        ended_at=at or now,
        ended_by_id=by.account_id,
        outcome=outcome,
        emails=[],
    )
    request.refresh_from_db()
    if ended:
        audit.note(
            action="request-ended",
            subject=request,
            by=by,
            now=now,
            details={"kind": request.kind, "state": state.value, "outcome": outcome},
        )
    return bool(ended)
