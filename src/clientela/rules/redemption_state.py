"""What an appointment's credit is doing: one word, kept beside its status."""

from __future__ import annotations

from enum import StrEnum


class RedemptionState(StrEnum):
    """The value is what databases, APIs and files hold."""

    NONE = "none"
    """Needs no credit, and uses none."""
    PENDING = "pending"
    """Needs a credit and has none: *pending redemption*."""
    REDEEMED = "redeemed"
    RETURNED = "returned"
    """Was cancelled in time: the credit is back with its grant."""
    FORFEITED = "forfeited"
    """Was cancelled late or missed: the credit stays used."""


USES_CREDIT = frozenset({RedemptionState.REDEEMED, RedemptionState.FORFEITED})
"""A redemption stands for the appointment in exactly these."""
