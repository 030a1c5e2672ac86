"""Due work of the notify storey."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.notify.actions.send_due import send_due
from clientela.platform.jobs import due_work


@due_work("notify.send-due", every=timedelta(seconds=1))
def send(now: datetime) -> int:
    """Send what is due; asked again at once while there is more."""
    return send_due(now=now)
