"""Whose account a right code opens: the one the address has, or one that begins now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clientela.accounts.actions.ask_sign_up import SignUp
from clientela.accounts.actions.begin_account import begin_account
from clientela.accounts.actions.prove_login_address import prove_login_address
from clientela.accounts.errors import AccountGone
from clientela.accounts.queries.account_at import account_at
from clientela.platform.ids import uuid7
from clientela.web.sign_in.proof import prove_by_mailbox

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from clientela.accounts.models import Account
    from clientela.web.mailed_code import Newcomer


def opened_by_code(
    request: HttpRequest,
    *,
    account: Account | None,
    email: str,
    newcomer: Newcomer | None,
    now: datetime,
) -> Account:
    """Return the account that the holder of this mailbox comes into, proved.

    ``account`` is whose address it was when the code was mailed. For a ``newcomer`` it counts whose it is now: an account
    begun meanwhile is theirs, without whatever a stranger had set there; where there is none, or its seven days ran
    out, they begin one. Refuses ``AccountGone`` and ``EmailTaken`` (the account is closed).
    """
    standing = account_at(email)[0] if newcomer else account
    if standing is not None and not (newcomer and _is_over(standing, now)):
        prove_by_mailbox(request, standing, email=email, now=now)
        return standing
    if newcomer is None:
        raise AccountGone
    return _begin(newcomer, email=email, now=now)


def _is_over(account: Account, now: datetime) -> bool:
    return account.expires_at is not None and account.expires_at <= now


def _begin(newcomer: Newcomer, *, email: str, now: datetime) -> Account:
    wish = SignUp(
        account_id=str(uuid7()),
        email=email,
        name=newcomer.name,
        password_hash="",
        language=newcomer.language,
        zone=newcomer.zone,
        onward="",
    )
    with transaction.atomic():
        account = begin_account(wish=wish, now=now)
        return prove_login_address(account=account, email=email, keeps_password=True, now=now)
