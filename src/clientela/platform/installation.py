"""The installation as a whole: whether messages may leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.platform.models import Installation
from clientela.platform.models.installation import THE_ONE

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Installation", "hold_sending", "release_sending", "sending_held_since"]


def sending_held_since() -> datetime | None:
    """Return since when sending is on hold, or None when messages may leave.

    A restored backup holds sending, as it does not know what was sent after it was made.
    """
    return (
        Installation.objects.filter(pk=THE_ONE).values_list("sending_held_since", flat=True).first()
    )


def hold_sending(*, now: datetime) -> None:
    """Let no message leave until an operator releases them; repeating it keeps the first moment."""
    Installation.objects.get_or_create(pk=THE_ONE)
    Installation.objects.filter(pk=THE_ONE, sending_held_since__isnull=True).update(
        sending_held_since=now
    )


def release_sending() -> bool:
    """Let messages leave again; False when they were not on hold."""
    released = Installation.objects.filter(pk=THE_ONE, sending_held_since__isnull=False)
    return bool(released.update(sending_held_since=None))
