"""Let a request end."""

from __future__ import annotations

from collections.abc import Iterable
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


def end_as_came(
    *,
    request: Request,
    came: Iterable[tuple[datetime | None, RequestState, str]],
    now: datetime,
) -> None:
    """End it by the first of these (when, as what, the outcome's word) that has come about elsewhere, if one has."""
    by = Actor.system("support")
    for at, state, outcome in came:
        if at is not None:
            end_request(request=request, state=state, outcome=outcome, by=by, now=now, at=at)
            return
