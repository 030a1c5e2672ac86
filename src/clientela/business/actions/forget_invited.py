"""Forget to whom a role was offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.business.models import Invitation

if TYPE_CHECKING:
    from datetime import datetime


def forget_invited(*, emails: list[str], now: datetime) -> None:
    """Empty name and address of every invitation to these addresses; one that is open is withdrawn."""
    mine = Invitation.objects.filter(email__in=emails)
    mine.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    mine.update(email="", name="")
