"""Parts of a day: in minutes of the clock at the place, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from clientela.rules.clock_time import MINUTES_PER_DAY
from clientela.web.design.times import clock_of_minute


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: starts from ``from_minute`` on and before ``until_minute``."""

    name: Promise
    from_minute: int
    until_minute: int


ANY: Final = "any"
PARTS: Final[dict[str, Part]] = {
    ANY: Part(pgettext_lazy("part of the day", "Any time"), 0, MINUTES_PER_DAY),
    "morning": Part(pgettext_lazy("part of the day", "Morning"), 0, 12 * 60),
    "midday": Part(pgettext_lazy("part of the day", "Midday"), 12 * 60, 16 * 60),
    "evening": Part(pgettext_lazy("part of the day", "Later"), 16 * 60, MINUTES_PER_DAY),
}
"""What people mean when they say when they can come; they meet, so that nothing falls between."""


def choices() -> list[tuple[str, str]]:
    """The parts for a form, each with its hours."""
    return [(key, _labelled(part)) for key, part in PARTS.items()]


def hours_words(from_minute: int, until_minute: int) -> str:
    """The hours that somebody waits for: *at any time*, *until 12:00*, *from 16:00*, *from 12:00 to 16:00*."""
    facts = {"from": clock_of_minute(from_minute), "until": clock_of_minute(until_minute)}
    if until_minute == MINUTES_PER_DAY:
        return _("from %(from)s") % facts if from_minute else _("at any time")
    return _("from %(from)s to %(until)s") % facts if from_minute else _("until %(until)s") % facts


def _labelled(part: Part) -> str:
    if (part.from_minute, part.until_minute) == (0, MINUTES_PER_DAY):
        return str(part.name)
    return f"{part.name} ({hours_words(part.from_minute, part.until_minute)})"
