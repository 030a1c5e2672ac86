"""Remind people of accounts that end unproved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.accounts.events import ProofReminded
from clientela.accounts.models import Account
from clientela.accounts.proof_times import days_left, next_notice
from clientela.platform import outbox

if TYPE_CHECKING:
    from datetime import datetime

_AT_ONCE: Final = 200


def remind_unproved(*, now: datetime) -> int:
    """Record the reminders that are due (after 1, 5 and 6 days), each once; say how many.

    A worker that was away sends one reminder that is true now, not the ones it missed.
    """
    due = Account.objects.filter(notice_at__lte=now, expires_at__gt=now).order_by("notice_at", "id")
    return sum(_remind(account, now=now) for account in due[:_AT_ONCE])


def _remind(account: Account, *, now: datetime) -> bool:
    if account.expires_at is None:
        return False
    with transaction.atomic():
        taken = Account.objects.filter(
            pk=account.pk, notice_at=account.notice_at, expires_at=account.expires_at
        ).update(notice_at=next_notice(expires_at=account.expires_at, after=now))
        if taken:
            left = days_left(expires_at=account.expires_at, now=now)
            outbox.record(ProofReminded(account_id=account.pk, days_left=left), now=now)
    return bool(taken)
