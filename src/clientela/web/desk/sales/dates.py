"""From when a sale counts: the days that are offered, and the one that was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.booking.models import Appointment
from clientela.web.design import times

OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class DayChoice:
    """One day to choose: its value in the form, its words, and the day (none: one that is still to be written)."""

    value: str
    title: str
    on: date | None
    checked: bool


def day_of(one: Appointment) -> date:
    """Return the local day an appointment was promised for: the day that a credit must cover."""
    return date.fromisoformat(one.promised_local[:10])


def day_choices(
    *,
    asked: Mapping[str, str],
    pending: Iterable[Appointment],
    covers: frozenset[UUID],
    today: date,
) -> list[DayChoice]:
    """Return the day of the oldest appointment that waits, today, and another day, one of them chosen.

    Today is the default: a sale redeems nothing of the past unless its application date says so.
    """
    days = [day_of(one) for one in pending if one.service_id in covers]
    oldest = min(days, default=today)
    wanted, other = asked.get("applies", ""), read_day(asked.get("other", ""))
    named = {today, oldest} if oldest < today else {today}
    chosen = read_day(wanted) or (None if wanted == OTHER else today)
    if chosen is not None and chosen not in named:
        chosen, other = None, chosen
    found = []
    if oldest < today:
        title = _("%(day)s, the day of the oldest appointment that waits")
        found.append(_choice(oldest, title, chosen=chosen))
    found.append(_choice(today, _("Today, %(day)s"), chosen=chosen))
    found.append(DayChoice(value=OTHER, title=_("Another day"), on=other, checked=chosen is None))
    return found


def _choice(on: date, title: str, *, chosen: date | None) -> DayChoice:
    words = title % {"day": times.day(on)}
    return DayChoice(
        value=on.isoformat(), title=words[:1].upper() + words[1:], on=on, checked=on == chosen
    )


def read_day(text: str) -> date | None:
    """Return the day of an ISO text; nothing of anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
