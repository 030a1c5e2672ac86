"""May this appointment be moved to another time, by whom and until when.

The values (switch and cut-off) belong to the business and its services; the rule is here. Whether
the new time is free is the engine's question, and the old one is kept until the new one is won.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.rules.change_policy import ChangedBy, ChangeDecision, ChangePolicy, decide_change

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.rules.lifecycle import Status


def decide_rescheduling(
    *, policy: ChangePolicy, status: Status, starts_at: datetime, now: datetime, by: ChangedBy
) -> ChangeDecision:
    """Decide whether an appointment may be moved now, with the reason and the cut-off.

    ``policy`` is the one for moving; ``starts_at`` is the start it has, not the one it would get.
    The order of the reasons, and the edge, are those of ``decide_change``.
    """
    return decide_change(policy=policy, status=status, starts_at=starts_at, now=now, by=by)
