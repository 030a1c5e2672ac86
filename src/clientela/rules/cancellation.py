"""May this appointment be cancelled, by whom and until when.

The values (switch and cut-off) belong to the business and its services; the rule is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.rules.change_policy import ChangedBy, ChangeDecision, ChangePolicy, decide_change

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.rules.lifecycle import Status


def decide_cancellation(
    *, policy: ChangePolicy, status: Status, starts_at: datetime, now: datetime, by: ChangedBy
) -> ChangeDecision:
    """Decide whether an appointment may be cancelled now, with the reason and the cut-off.

    ``policy`` is the one for cancelling; the one for moving plays no part. The order of the
    reasons, and the edge (exactly the notice is in time), are those of ``decide_change``.
    """
    return decide_change(policy=policy, status=status, starts_at=starts_at, now=now, by=by)
