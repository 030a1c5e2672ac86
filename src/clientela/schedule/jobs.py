"""Due work of the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.platform.jobs import due_work
from clientela.platform.tenancy import system_scope
from clientela.schedule.actions.rebuild_open_blocks import rebuild_open_blocks, stale_resources

_AT_ONCE = 50


@due_work("schedule.rebuild-open-blocks", every=timedelta(minutes=5))
def rebuild_stale_blocks(now: datetime) -> int:
    """Carry the kept masks forward as time passes, and renew them after a time zone update."""
    with system_scope("masks of every business are renewed by one job"):
        stale = stale_resources(now=now, limit=_AT_ONCE)
        return sum(
            rebuild_open_blocks(resources=rows, location=place, now=now)
            for place, rows in stale.items()
        )
