"""The installation as a whole: whether messages may leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.platform.audit import note
from clientela.platform.models import AuditEvent, Installation
from clientela.platform.models.installation import THE_ONE

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor

__all__ = [
    "Installation",
    "hold_sending",
    "last_backup",
    "note_backup",
    "release_sending",
    "sending_held_since",
]

_BACKUP_MADE: Final = "backup-made"
_THIS: Final = ("platform.Installation", THE_ONE)


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


def note_backup(*, by: Actor, now: datetime) -> None:
    """Note in the audit trail that a backup was written; the backup itself does not contain the line."""
    note(action=_BACKUP_MADE, subject=_THIS, by=by, now=now)


def last_backup() -> datetime | None:
    """Return when `clientela backup` last wrote one, or None when it never did."""
    kind, key = _THIS
    made = AuditEvent.objects.filter(
        subject_type=kind, subject_id=str(key), action=_BACKUP_MADE
    ).order_by("-at")
    return made.values_list("at", flat=True).first()
