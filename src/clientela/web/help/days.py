"""The three words of the riddle for whose browser runs no script: one is a day of the week, two are months."""

from __future__ import annotations

import secrets
from typing import Final

from babel.dates import get_day_names, get_month_names

_DAYS: Final = 7
_MONTHS: Final = 12


def three_words(*, days_place: int, language: str) -> list[str]:
    """Return them in the reader's language, the day in its place."""
    spoken = language.replace("-", "_")
    months = get_month_names("wide", locale=spoken)
    first = secrets.randbelow(_MONTHS)
    step = 1 + secrets.randbelow(_MONTHS - 1)
    words = [months[first + 1], months[(first + step) % _MONTHS + 1]]
    words.insert(days_place, get_day_names("wide", locale=spoken)[secrets.randbelow(_DAYS)])
    return words
