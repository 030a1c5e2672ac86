"""Delete the accounts whose seven days are over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.accounts.actions.end_account import end_account
from clientela.accounts.models import Account
from clientela.platform.actor import Actor

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_AT_ONCE: Final = 200


def end_unproved(*, now: datetime) -> int:
    """Delete every account that was not proved before its ``expires_at``; say how many.

    Against a proof that arrives in the same moment the row itself decides: whoever holds it first wins, and the other
    finds either no account, or one that does not expire.
    """
    over = Account.objects.filter(expires_at__lte=now).order_by("expires_at", "id")
    return sum(_end(key, now=now) for key in over.values_list("pk", flat=True)[:_AT_ONCE])


def _end(key: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        row = Account.objects.select_for_update().filter(pk=key, expires_at__lte=now).first()
        if row is None:
            return False
        end_account(
            account=row, because="not proved in seven days", by=Actor.system("accounts"), now=now
        )
    return True
