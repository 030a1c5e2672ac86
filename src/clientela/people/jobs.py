"""Due work of people."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.people.actions.erase_closed import erase_closed
from clientela.platform.jobs import due_work


@due_work("people.erase-closed", every=timedelta(minutes=1))
def erase(now: datetime) -> int:
    """Forget the clients of businesses that were given up and not opened again in time."""
    return erase_closed(now=now)
