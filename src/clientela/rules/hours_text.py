"""A day's hours as people write them: "09:00–13:30, 15:00–20:00"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clientela.rules.frame import CELL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientela.rules.weekly_hours import MinuteRange

_TIME: Final = r"(\d{1,2})(?:[:.h](\d{2}))?"
_STRETCH: Final = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|to|a|alle)\s*{_TIME}\s*", re.IGNORECASE)
_MIDNIGHT: Final = 1440
_CLOSED: Final = frozenset({"", "-", "–", "closed", "cerrado", "chiuso"})


@dataclass(frozen=True, slots=True)
class HoursUnreadable(ValueError):
    """The text is no list of stretches. ``word`` says why, ``part`` is the piece that is wrong."""

    word: str
    part: str


def read_hours(text: str) -> list[MinuteRange]:
    """Return the stretches of one day, in order; an empty text or "closed" has none.

    Minutes from local midnight, multiples of five; 24:00 is the end of the day. Stretches that
    touch are joined. Raises ``HoursUnreadable`` (``unreadable``, ``not-a-time``, ``not-by-five``,
    ``ends-before-start``, ``overlap``).
    """
    if text.strip().casefold() in _CLOSED:
        return []
    ranges = sorted(_stretch(part) for part in re.split(r"[,;/]|\by\b|\be\b|\band\b", text))
    joined: list[MinuteRange] = []
    for opens, closes in ranges:
        if joined and opens < joined[-1][1]:
            raise HoursUnreadable("overlap", hours_text([(opens, closes)]))
        if joined and opens == joined[-1][1]:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((opens, closes))
    return joined


def hours_text(ranges: Iterable[MinuteRange]) -> str:
    """Write stretches the way ``read_hours`` reads them; none is the empty text."""
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in ranges)


def _stretch(part: str) -> MinuteRange:
    match = _STRETCH.fullmatch(part)
    if match is None:
        raise HoursUnreadable("unreadable", part.strip())
    opens = _minutes(match[1], match[2], part)
    closes = _minutes(match[3], match[4], part)
    if closes <= opens:
        raise HoursUnreadable("ends-before-start", part.strip())
    return opens, closes


def _minutes(hour: str, minute: str | None, part: str) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) >= 60 or total > _MIDNIGHT:  # noqa: PLR2004 -- minutes of an hour
        raise HoursUnreadable("not-a-time", part.strip())
    if total % CELL_MINUTES:
        raise HoursUnreadable("not-by-five", part.strip())
    return total


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
