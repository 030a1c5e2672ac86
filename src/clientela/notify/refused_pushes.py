"""How often what claims to come from a carrier was refused: counted, so that somebody sees a wrong key or a forger."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.platform import throttle

MOST_COUNTED: Final = 100
"""Beyond so many a day nothing more is written: whoever forges by the thousand costs us no writes."""
_DAY_SECONDS: Final = 86_400


def note_refused(*, source: str | UUID, now: datetime) -> None:
    """Count one refused push of a gateway (its id) or a mail provider (its name)."""
    throttle.allow(key=_key(source), limit=MOST_COUNTED, per_seconds=_DAY_SECONDS, now=now)


def refused_in_a_day(*, source: str | UUID, now: datetime) -> int:
    """Return how many were counted within the last day, ``MOST_COUNTED`` at most."""
    return throttle.used(key=_key(source), per_seconds=_DAY_SECONDS, now=now)


def _key(source: str | UUID) -> str:
    return f"refused-push:{source}"
