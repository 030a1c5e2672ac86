"""What a person who takes their data along is told of what they asked."""

from __future__ import annotations

from typing import Any, Final

from clientela.accounts.models import Account
from clientela.support.models import RequestKind, RequestState
from clientela.support.queries.requests import own_requests

UNCONFIRMED: Final = "not-confirmed"
_SILENT: Final = frozenset({RequestState.DECLINED, RequestState.EXPIRED})


def requests_told(*, account: Account) -> list[dict[str, Any]]:
    """Return what the person asked: what, of whom, when, and what became of it.

    The addresses are those they typed, as long as the request names them. Not told: who refused, or that somebody did;
    nor what a specialist wrote about a client's booking, which is the business's word about that client.
    """
    return [
        {
            "asked": one.kind,
            "at": one.asked_at.isoformat(),
            "state": told_state(kind=one.kind, state=one.state),
            "addresses": list(one.emails),
            "business": one.business.name if one.business else None,
        }
        for one in own_requests(account_id=account.pk)
    ]


def told_state(*, kind: str, state: str) -> str:
    """Return the state as its asker is told it: of another mailbox's no and of its silence, the same word."""
    is_silent = kind != RequestKind.RECLASSIFY and state in _SILENT
    return UNCONFIRMED if is_silent else state
