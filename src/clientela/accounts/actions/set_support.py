"""Make an account a support agent, or end that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.accounts.errors import NoSuchAccount, NotYours
from clientela.accounts.models import Account
from clientela.accounts.queries.account_by_email import account_by_email
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor

OPERATOR: Final = "operator"


def make_support_agent(*, email: str, by: Actor, now: datetime) -> Account:
    """Let the account that has proved this address answer who writes to the support; doing it twice is doing it once.

    It gains no power over log-ins, cards or money. Refuses ``NoSuchAccount``, and ``NotYours`` to all but the operator.
    """
    _check_operator(by)
    account = account_by_email(email)
    if account is None or not account.is_active:
        raise NoSuchAccount(field="email")
    _set(account, is_support=True, by=by, now=now)
    return account


def end_support_agent(*, account: Account, by: Actor, now: datetime) -> Account:
    """Close the support's pages to them, from the next request on. Refuses ``NotYours`` to all but the operator."""
    _check_operator(by)
    _set(account, is_support=False, by=by, now=now)
    return account


def _check_operator(by: Actor) -> None:
    if not (by.is_staff and by.role == OPERATOR):
        raise NotYours


def _set(account: Account, *, is_support: bool, by: Actor, now: datetime) -> None:
    with transaction.atomic():
        changed = Account.objects.filter(pk=account.pk, is_support=not is_support)
        if changed.update(is_support=is_support):
            action = "support-agent-made" if is_support else "support-agent-ended"
            audit.note(action=action, subject=account, by=by, now=now)
    account.refresh_from_db(fields=["is_support"])
