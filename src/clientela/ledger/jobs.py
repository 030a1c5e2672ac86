"""Due work of the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.ledger.actions.seal_movements import seal_movements
from clientela.platform.jobs import due_work
from clientela.platform.tenancy import system_scope


@due_work("ledger.seal", every=timedelta(minutes=1))
def seal(now: datetime) -> int:
    """Chain the movements of every business, so that a changed one shows."""
    with system_scope("the books of every business are sealed in turn"):
        return seal_movements(now=now)
