"""How soon and how far ahead clients may book.

Lead time is exact minutes from now; the horizon counts dates of the location's calendar, so that
"30 days ahead" opens a whole new day at local midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientela.rules.clock_time import local_date, to_exact
from clientela.rules.interval import Interval

if TYPE_CHECKING:
    from datetime import datetime


class WindowReason(StrEnum):
    """Why a start lies inside or outside the booking window."""

    OPEN = "open"
    PAST = "past"
    LEAD_TIME = "lead-time"
    BEYOND_HORIZON = "beyond-horizon"


@dataclass(frozen=True, slots=True)
class BookingWindow:
    """A service's limits: at least ``lead_minutes`` from now, at most ``horizon_days`` dates after today.

    A horizon of 0 is today only.
    """

    lead_minutes: int
    horizon_days: int

    def __post_init__(self) -> None:
        """Refuse limits in the past."""
        if self.lead_minutes < 0 or self.horizon_days < 0:
            raise ValueError(
                f"lead time and horizon lie ahead: {self.lead_minutes} min, {self.horizon_days} days"
            )


@dataclass(frozen=True, slots=True)
class WindowDecision:
    """The answer, its reason, and the nearest instant at which booking is possible, if one is known."""

    allowed: bool
    reason: WindowReason
    opens_at: datetime
    """Starts before this instant are too soon."""
    closes_at: datetime
    """Starts from this instant on are too far ahead."""


def window_edges(
    *, window: BookingWindow, now: datetime, zone_name: str
) -> tuple[datetime, datetime]:
    """Return the first start that is late enough and the first that is too far ahead (exclusive)."""
    opens_at = now + timedelta(minutes=window.lead_minutes)
    last = local_date(now, zone_name) + timedelta(days=window.horizon_days + 1)
    return opens_at, to_exact(on=last, minute=0, zone_name=zone_name, gap="after", overlap="first")


def window_interval(*, window: BookingWindow, now: datetime, zone_name: str) -> Interval | None:
    """Return the starts the window permits, half-open; ``None`` when lead time swallows the horizon."""
    opens_at, closes_at = window_edges(window=window, now=now, zone_name=zone_name)
    return Interval(opens_at, closes_at) if opens_at < closes_at else None


def decide_window(
    *, window: BookingWindow, start: datetime, now: datetime, zone_name: str
) -> WindowDecision:
    """Decide whether a start lies in the window; exactly the lead time is late enough.

    A start before ``now`` is past; one at ``now`` is not. Of two reasons the earlier edge speaks.
    """
    opens_at, closes_at = window_edges(window=window, now=now, zone_name=zone_name)
    reason = WindowReason.OPEN
    if start < now:
        reason = WindowReason.PAST
    elif start < opens_at:
        reason = WindowReason.LEAD_TIME
    elif start >= closes_at:
        reason = WindowReason.BEYOND_HORIZON
    return WindowDecision(
        allowed=reason is WindowReason.OPEN, reason=reason, opens_at=opens_at, closes_at=closes_at
    )
