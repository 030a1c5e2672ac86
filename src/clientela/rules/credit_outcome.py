"""What becomes of a credit when its appointment does not take place.

The values (until when cancelling is free, whether not coming costs the credit) belong to the business and its
services; the rule is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientela.rules.change_policy import ChangedBy

if TYPE_CHECKING:
    from datetime import datetime


class CreditResult(StrEnum):
    """Where the credit goes: back to its grant, or nowhere. The words are those of the redemption's state."""

    RETURNED = "returned"
    FORFEITED = "forfeited"


class CreditReason(StrEnum):
    """Why; page, API, audit and tests share the word."""

    IN_TIME = "in-time"
    LATE_NOTICE = "late-notice"
    STAFF_CANCELLED = "staff-cancelled"
    STAFF_DECIDED = "staff-decided"
    MISSED = "missed"
    MISSED_IS_FREE = "missed-is-free"


@dataclass(frozen=True, slots=True)
class CreditOutcome:
    """The answer and its reason."""

    result: CreditResult
    reason: CreditReason

    @property
    def forfeits(self) -> bool:
        """Whether the client loses the credit."""
        return self.result is CreditResult.FORFEITED


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """What a client may do without losing the credit.

    ``free_minutes``: until how long before the start cancelling is free (none: whenever clients may).
    """

    free_minutes: int | None = None
    no_show_forfeits: bool = True

    def __post_init__(self) -> None:
        """Refuse a cut-off after the start."""
        if self.free_minutes is not None and self.free_minutes < 0:
            raise ValueError(f"a cut-off is minutes before the start: {self.free_minutes}")

    def free_until(self, starts_at: datetime) -> datetime | None:
        """Return the last instant at which a client cancels for free; ``None``: as long as they may at all."""
        if self.free_minutes is None:
            return None
        return starts_at - timedelta(minutes=self.free_minutes)


def credit_on_cancel(
    *,
    policy: CreditPolicy,
    starts_at: datetime,
    now: datetime,
    by: ChangedBy,
    forfeits: bool | None = None,
) -> CreditOutcome:
    """Decide what a cancellation does to the credit; whether it is allowed is ``rules/cancellation.py``'s.

    Staff may say so themselves (``forfeits``: the client cancelled late, or is let off); if they say
    nothing the credit goes back. A client's goes back until the free cut-off, exactly the notice included.
    A client cannot say: that is a programming error.
    """
    if by is ChangedBy.STAFF:
        if forfeits is None:
            return CreditOutcome(CreditResult.RETURNED, CreditReason.STAFF_CANCELLED)
        said = CreditResult.FORFEITED if forfeits else CreditResult.RETURNED
        return CreditOutcome(said, CreditReason.STAFF_DECIDED)
    if forfeits is not None:
        raise ValueError("only staff say what becomes of a credit")
    free_until = policy.free_until(starts_at)
    if free_until is not None and now > free_until:
        return CreditOutcome(CreditResult.FORFEITED, CreditReason.LATE_NOTICE)
    return CreditOutcome(CreditResult.RETURNED, CreditReason.IN_TIME)


def credit_on_no_show(*, policy: CreditPolicy) -> CreditOutcome:
    """Decide what not coming does to the credit."""
    if policy.no_show_forfeits:
        return CreditOutcome(CreditResult.FORFEITED, CreditReason.MISSED)
    return CreditOutcome(CreditResult.RETURNED, CreditReason.MISSED_IS_FREE)
