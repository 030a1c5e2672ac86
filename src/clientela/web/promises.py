"""What a client may still change, and until when, as sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from clientela.web.refusals import when


def change_words(
    *, move_until: datetime | None, cancel_until: datetime | None, now: datetime, zone: str
) -> list[str]:
    """Say until when an appointment can be moved and cancelled online; `None` means never.

    One sentence where both end together, two where they do not. The last moment itself is in time.
    """
    move = move_until if move_until and move_until >= now else None
    cancel = cancel_until if cancel_until and cancel_until >= now else None
    if move is None and cancel is None:
        return [_("To move or cancel it, please contact us.")]
    if move == cancel and move is not None:
        return [_("You can move or cancel it online until %(when)s.") % {"when": when(move, zone)}]
    return [_moving(move, zone), _cancelling(cancel, zone)]


def _moving(until: datetime | None, zone: str) -> str:
    if until is None:
        return _("To move it, please contact us.")
    return _("You can move it online until %(when)s.") % {"when": when(until, zone)}


def _cancelling(until: datetime | None, zone: str) -> str:
    if until is None:
        return _("To cancel it, please contact us.")
    return _("You can cancel it online until %(when)s.") % {"when": when(until, zone)}
