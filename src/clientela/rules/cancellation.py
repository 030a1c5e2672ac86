"""May this appointment be cancelled, by whom, until when; and until when for free.

The values (switch and cut-offs) belong to the business and its services; the rule is here. There are two cut-offs:
until ``free_until`` a client gets the credit back (``in-time``), from then until ``closes_at`` they may still cancel
but the credit is forfeited (``late-notice``), after that only the business can (``staff-cancelled``). What becomes
of the credit is decided in ``credit_outcome``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.rules.change_policy import ChangedBy, ChangeDecision, ChangePolicy, decide_change

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.rules.credit_outcome import CreditPolicy
    from clientela.rules.lifecycle import Status


def decide_cancellation(
    *, policy: ChangePolicy, status: Status, starts_at: datetime, now: datetime, by: ChangedBy
) -> ChangeDecision:
    """Decide whether an appointment may be cancelled now, with the reason and the cut-off.

    ``policy`` is the one for cancelling; the one for moving plays no part. The order of the
    reasons, and the edge (exactly the notice is in time), are those of ``decide_change``.
    """
    return decide_change(policy=policy, status=status, starts_at=starts_at, now=now, by=by)


def free_until(
    *, policy: ChangePolicy, credit: CreditPolicy, starts_at: datetime
) -> datetime | None:
    """Return the last instant at which a client cancels and keeps the credit; ``None``: they never may cancel.

    Without a cut-off of its own, and where that would be after the one for cancelling, it is as long as
    clients may cancel at all.
    """
    closes_at = policy.closes_at(starts_at)
    ends = credit.free_until(starts_at)
    return closes_at if closes_at is None or ends is None else min(closes_at, ends)
