"""When an account that nobody proves is spoken of, and when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

PROVED_WITHIN: Final = timedelta(days=7)
"""Half-open: until a moment before, the proof counts; from that moment on there is no account."""

NOTICES: Final = (timedelta(days=1), timedelta(days=5), timedelta(days=6))
"""After how long the owner of the mailbox is reminded."""


def next_notice(*, expires_at: datetime, after: datetime) -> datetime | None:
    """The first reminder later than ``after``; None when none is left. Missed ones are not caught up on."""
    begun = expires_at - PROVED_WITHIN
    return next((begun + wait for wait in NOTICES if begun + wait > after), None)


def days_left(*, expires_at: datetime, now: datetime) -> int:
    """How many days remain, begun ones counted: never less than one before the end."""
    return -((now - expires_at) // timedelta(days=1))
