"""Who proves the mailbox owns the account: what that means for the browser in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from clientela.accounts.actions.prove_login_address import prove_login_address
from clientela.web import begun_here

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from clientela.accounts.models import Account

_DROPPED: Final = "password_dropped"


def remember_sign_up(request: HttpRequest, *, account_id: UUID) -> None:
    """Note in this browser's session which account it began. For an address that was taken there is no such account."""
    begun_here.remember(request, account_id=account_id)


def prove_by_mailbox(request: HttpRequest, account: Account, *, email: str, now: datetime) -> bool:
    """Take a mailed code or link as the proof of an account that had none; say whether its password was dropped.

    Only the browser that signed up keeps the password it chose. Whoever else proves the mailbox gets the account
    without anything set before: it may have been begun by a stranger (trust row 27). Refuses what
    ``prove_login_address`` refuses.
    """
    if account.expires_at is None:
        return False
    is_same_browser = begun_here.was_begun_here(request, account_id=account.pk)
    had_password = account.has_usable_password()
    prove_login_address(account=account, email=email, keeps_password=is_same_browser, now=now)
    begun_here.forget(request)
    if had_password and not is_same_browser:
        request.session[_DROPPED] = True
    return had_password and not is_same_browser


def was_dropped(request: HttpRequest) -> bool:
    """Whether a password was dropped by the proof in this session, which its owner is to be told."""
    return bool(request.session.get(_DROPPED))
