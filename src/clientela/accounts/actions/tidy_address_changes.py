"""Forget old wishes for addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from clientela.accounts.models import AddressChange

if TYPE_CHECKING:
    from datetime import datetime

KEPT_FOR: Final = timedelta(days=30)


def tidy_address_changes(*, now: datetime) -> int:
    """Delete the changes that nobody proved within 30 days of being asked, and those long past undoing; say how many."""
    long_ago = now - KEPT_FOR
    over = Q(proved_at__isnull=True, closes_at__lt=long_ago) | Q(undo_until__lt=long_ago)
    deleted, _ = AddressChange.objects.filter(over).delete()
    return deleted
