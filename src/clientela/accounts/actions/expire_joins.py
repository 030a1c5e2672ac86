"""End the wishes to join that were not confirmed in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from clientela.accounts.events import JoinExpired, JoinLapsed
from clientela.accounts.models import AccountJoin
from clientela.platform import outbox

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_AT_ONCE: Final = 100
KEPT_FOR: Final = timedelta(days=30)
_NOTHING: Final = Q(joined_at__isnull=True) | Q(undone_at__isnull=False)


def expire_joins(*, now: datetime) -> int:
    """Close what ran out, and have both mailboxes told where just one of them had answered; say how many.

    From ``closes_at`` on the codes are refused, however late this is.
    """
    over = AccountJoin.objects.filter(
        joined_at__isnull=True, refused_at__isnull=True, expired_at__isnull=True, closes_at__lte=now
    )
    ended = 0
    for join in over.order_by("closes_at")[:_AT_ONCE]:
        with transaction.atomic():
            if not over.filter(pk=join.pk).update(expired_at=now):
                continue
            ended += 1
            halfway = join.own_confirmed_at or join.other_confirmed_at
            over_is = JoinExpired if halfway else JoinLapsed
            outbox.record(over_is(join_id=join.pk), now=now)
    return ended


def tidy_joins(*, now: datetime) -> int:
    """Forget, after 30 days, the addresses of wishes that came to nothing; say how many."""
    long_ago = now - KEPT_FOR
    deleted, _ = AccountJoin.objects.filter(_NOTHING, closes_at__lt=long_ago).delete()
    return deleted


def forget_named(*, emails: Collection[str], now: datetime) -> None:
    """Take these addresses out of what others said was theirs as well and is not: an open wish ends, unmailed.

    What was joined and stands is its owner's. In the caller's transaction.
    """
    named = AccountJoin.objects.filter(_NOTHING, other_email__in=emails)
    named.filter(closes_at__gt=now).update(closes_at=now)
    named.update(other_email="", absorbed_email="", moved_emails=[])
