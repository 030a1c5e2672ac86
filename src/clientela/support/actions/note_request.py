"""Note what a person asks of their own accounts."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.models import Account, AccountJoin
from clientela.people.models import HouseholdInvitation
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.support.models import AskedAs, Request, RequestKind, RequestState, Thread


def note_request(
    *,
    account: Account,
    emails: list[str],
    asked_at: datetime,
    now: datetime,
    join: AccountJoin | None = None,
    invitation: HouseholdInvitation | None = None,
) -> Request:
    """Write that somebody's own word is awaited; it hangs on the person's conversation with the support, if any.

    It rests on ``join`` (the same person) or on ``invitation`` (one household). Runs in the caller's transaction.
    """
    kind = RequestKind.SAME_PERSON if join is not None else RequestKind.HOUSEHOLD
    request = Request.objects.create(
        kind=kind,
        state=RequestState.WAITING_FOR_CLIENT,
        asked_as=AskedAs.CLIENT,
        account=account,
        thread=Thread.objects.filter(account=account).first(),
        emails=emails,
        join=join,
        invitation=invitation,
        asked_at=asked_at,
        since=asked_at,
    )
    audit.note(
        action="request-noted",
        subject=request,
        by=Actor.client(account.pk),
        now=now,
        details={"kind": kind.value},
    )
    return request
