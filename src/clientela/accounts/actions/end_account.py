"""Delete a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.actions.end_sessions import end_sessions
from clientela.platform import audit
from clientela.platform.tenancy import system_scope

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor


def end_account(*, account: Account, because: str, by: Actor, now: datetime) -> None:
    """Delete the account with its addresses, factors and sessions, in the caller's transaction.

    Only the log-in goes: the cards of businesses lose their link to it, and nothing else of theirs changes.
    """
    with system_scope("a log-in ends in every business at once"):
        end_sessions(account=account)
        audit.note(action="account-ended", subject=account, reason=because, by=by, now=now)
        account.delete()
