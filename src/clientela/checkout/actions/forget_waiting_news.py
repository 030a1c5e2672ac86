"""Stop waiting for payments that never came to us."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.checkout.models import EventState, ProviderEvent
from clientela.platform.tenancy import system_scope

WAITS_FOR: Final = timedelta(days=30)


def forget_waiting_news(*, now: datetime) -> int:
    """Ignore news that has waited a month: it is about a payment that somebody else took by the same account."""
    with system_scope("news of every business is looked through by one job"):
        return ProviderEvent.objects.filter(
            state=EventState.WAITING, received_at__lt=now - WAITS_FOR
        ).update(state=EventState.IGNORED, reason="never-ours", settled_at=now)
