"""How long somebody has been waiting, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _


def elapsed_words(waited: timedelta) -> str:
    """Return whole days, else whole hours; below one hour it says just that."""
    if waited.days > 0:
        return _("%(number)s d") % {"number": waited.days}
    if hours := max(waited, timedelta()).seconds // 3600:
        return _("%(number)s h") % {"number": hours}
    return _("not an hour yet")
