"""How far away the next appointment is, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _, ngettext

from clientela.rules.clock_time import local_date
from clientela.web.visit.visit import Visit


def next_words(visit: Visit, *, now: datetime) -> str:
    """Count the nights between now and the appointment, where its times are read."""
    zone, starts = visit.reading.zone, visit.appointment.starts_at
    if starts <= now:
        return _("Your appointment is under way.")
    nights = (local_date(starts, zone) - local_date(now, zone)).days
    if nights == 0:
        return _("Your next appointment is today.")
    if nights == 1:
        return _("Your next appointment is tomorrow.")
    return ngettext(
        "Your next appointment is in %(count)s day.",
        "Your next appointment is in %(count)s days.",
        nights,
    ) % {"count": nights}
