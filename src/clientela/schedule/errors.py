"""What schedule/ may refuse, in the words that page, API and audit share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class HoursRefused(Refusal):
    """Hours that are no stretch of a day, or not on the five-minute grid."""

    reason = "hours-refused"


class TimeOffRefused(Refusal):
    """An absence that does not end after it starts, or is off the five-minute grid."""

    reason = "time-off-refused"


class ClosureRefused(Refusal):
    """A closure that does not end after it starts."""

    reason = "closure-refused"
