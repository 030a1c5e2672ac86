"""What a client may still change, and until when, as sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from clientela.web.refusals import when_in_full


def change_words(
    *, move_until: datetime | None, cancel_until: datetime | None, now: datetime, zone: str
) -> list[str]:
    """Say until when an appointment can be moved and cancelled online; `None` means never.

    One sentence where both end together, two where they do not. The last moment itself is in time.
    """
    if move_until != cancel_until:
        return [_moving(move_until, now, zone), _cancelling(cancel_until, now, zone)]
    if move_until is None:
        return [_("To move or cancel it, please contact us.")]
    if move_until < now:
        return [_("Moving or cancelling it online closed on %(when)s.") % _at(move_until, zone)]
    return [_("You can move or cancel it online until %(when)s.") % _at(move_until, zone)]


def _moving(until: datetime | None, now: datetime, zone: str) -> str:
    if until is None:
        return _("To move it, please contact us.")
    if until < now:
        return _("Moving it online closed on %(when)s.") % _at(until, zone)
    return _("You can move it online until %(when)s.") % _at(until, zone)


def _cancelling(until: datetime | None, now: datetime, zone: str) -> str:
    if until is None:
        return _("To cancel it, please contact us.")
    if until < now:
        return _("Cancelling it online closed on %(when)s.") % _at(until, zone)
    return _("You can cancel it online until %(when)s.") % _at(until, zone)


def _at(until: datetime, zone: str) -> dict[str, str]:
    return {"when": when_in_full(until, zone)}
