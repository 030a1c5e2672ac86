"""Wishes to join two accounts: the one under way, and by their mailed links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clientela.accounts.models import AccountJoin
from clientela.platform import links

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from clientela.accounts.models import Account

MOST_TRIES = 10


def open_joins(*, now: datetime) -> Q:
    """Return what holds of a wish that can still be confirmed."""
    return Q(
        joined_at__isnull=True,
        refused_at__isnull=True,
        expired_at__isnull=True,
        closes_at__gt=now,
        tries__lt=MOST_TRIES,
    )


def join_under_way(*, account: Account, session_digest: str, now: datetime) -> AccountJoin | None:
    """Return the person's wish that waits for its codes in this very session, or None."""
    mine = AccountJoin.objects.filter(
        open_joins(now=now), account=account, session_digest=session_digest
    )
    return mine.order_by("-asked_at", "-id").first()


def join_to_refuse(*, token: str, now: datetime) -> AccountJoin | None:
    """Return the wish that the other mailbox may still refuse with this link, or None."""
    return (
        AccountJoin.objects.filter(
            refuse_digest=links.digest(token),
            joined_at__isnull=True,
            refused_at__isnull=True,
            expired_at__isnull=True,
            closes_at__gt=now,
        )
        .select_related("account")
        .first()
    )


def join_to_undo(*, token: str, now: datetime) -> AccountJoin | None:
    """Return the joined accounts that this link may still part, or None."""
    return (
        AccountJoin.objects.filter(
            undo_digest=links.digest(token),
            joined_at__isnull=False,
            undone_at__isnull=True,
            undo_until__gt=now,
        )
        .select_related("account", "absorbed")
        .first()
    )


def stands_for_account(account_id: UUID) -> UUID:
    """Return the account that speaks for this one today: whoever absorbed it, and them in turn; else itself."""
    standing = account_id
    joined = AccountJoin.objects.filter(joined_at__isnull=False, undone_at__isnull=True)
    while into := joined.filter(absorbed=standing).values_list("account", flat=True).first():
        standing = into
    return standing
