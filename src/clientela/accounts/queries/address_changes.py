"""Wishes to add an address: by their mailed links, and those under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.accounts.models import AddressChange
from clientela.platform import links

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account


def change_to_prove(*, token: str, now: datetime) -> AddressChange | None:
    """Return the change that this proof link may still carry out, or None."""
    return (
        AddressChange.objects.filter(
            proof_digest=links.digest(token), proved_at__isnull=True, closes_at__gt=now
        )
        .select_related("account")
        .first()
    )


def change_to_undo(*, token: str, now: datetime) -> AddressChange | None:
    """Return the change that this undo link may still take back, or None."""
    return (
        AddressChange.objects.filter(
            undo_digest=links.digest(token),
            proved_at__isnull=False,
            undone_at__isnull=True,
            undo_until__gt=now,
        )
        .select_related("account")
        .first()
    )


def pending_changes(*, account: Account, now: datetime) -> list[AddressChange]:
    """Return the changes that wait for their proof, newest first."""
    return list(
        AddressChange.objects.filter(
            account=account, proved_at__isnull=True, closes_at__gt=now
        ).order_by("-asked_at", "-id")
    )
