"""What cancelling and moving an appointment have in common: a switch, a cut-off, a decision.

A business sets one ``ChangePolicy`` for cancelling and another for moving; they are independent.
The values are the business's (kept as rows there); the rules that read them are in
``cancellation`` and ``rescheduling``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientela.rules.lifecycle import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.rules.lifecycle import Status


class ChangedBy(StrEnum):
    """Who asks for the change: the people of the business, or the client (signed in or by link)."""

    STAFF = "staff"
    CLIENT = "client"


class ChangeReason(StrEnum):
    """Why a change is allowed or refused; page, API, audit and tests share the word."""

    STAFF = "staff"
    IN_TIME = "in-time"
    NOT_OPEN = "not-open"
    SWITCHED_OFF = "switched-off"
    ALREADY_PAST = "already-past"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """Whether clients may do it themselves, and how many minutes before the start that ends."""

    allowed: bool
    closes_minutes: int = 0

    def __post_init__(self) -> None:
        """Refuse a cut-off after the start."""
        if self.closes_minutes < 0:
            raise ValueError(f"a cut-off is minutes before the start: {self.closes_minutes}")

    def closes_at(self, starts_at: datetime) -> datetime | None:
        """Return the last instant at which clients may still do it; ``None`` when they never may."""
        return starts_at - timedelta(minutes=self.closes_minutes) if self.allowed else None


@dataclass(frozen=True, slots=True)
class ChangeDecision:
    """The answer, its reason, and until when a client may (``None``: the switch is off)."""

    allowed: bool
    reason: ChangeReason
    closes_at: datetime | None


def decide_change(
    *, policy: ChangePolicy, status: Status, starts_at: datetime, now: datetime, by: ChangedBy
) -> ChangeDecision:
    """Decide on a change of an appointment; the first of these that holds is the reason.

    Only an open appointment can change. Staff always may, before and after the start. Clients
    need the switch on, the start ahead, and at least the notice: exactly the notice is in time.
    """
    closes_at = policy.closes_at(starts_at)
    if status not in OPEN:
        return ChangeDecision(allowed=False, reason=ChangeReason.NOT_OPEN, closes_at=closes_at)
    if by is ChangedBy.STAFF:
        return ChangeDecision(allowed=True, reason=ChangeReason.STAFF, closes_at=closes_at)
    if closes_at is None:
        return ChangeDecision(allowed=False, reason=ChangeReason.SWITCHED_OFF, closes_at=None)
    if now >= starts_at:
        return ChangeDecision(allowed=False, reason=ChangeReason.ALREADY_PAST, closes_at=closes_at)
    if now > closes_at:
        return ChangeDecision(allowed=False, reason=ChangeReason.TOO_LATE, closes_at=closes_at)
    return ChangeDecision(allowed=True, reason=ChangeReason.IN_TIME, closes_at=closes_at)
