"""Times in words as pages need them: those that mails say too (`platform/time_words.py`), and a few more."""

from __future__ import annotations

from datetime import date, datetime

from clientela.platform.time_words import (
    SHORT,
    clock,
    day_and_year,
    doubled,
    in_language,
    local_day,
    short_day,
    stub,
    written,
    zone_city,
    zone_name,
)
from clientela.rules import clock_time

__all__ = [
    "clock",
    "clock_of_minute",
    "day",
    "day_and_year",
    "doubled",
    "in_language",
    "iso",
    "local_day",
    "month_and_year",
    "short_day",
    "short_day_and_year",
    "stub",
    "weekday_short",
    "written",
    "zone_city",
    "zone_name",
]

LONG = {"en": "EEEE d MMMM", "es": "EEEE d 'de' MMMM", "it": "EEEE d MMMM"}
MONTH_AND_YEAR = {"en": "LLLL y", "es": "LLLL 'de' y", "it": "LLLL y"}
SHORT_WITH_YEAR = f"{SHORT} y"


def clock_of_minute(minute: int) -> str:
    """Minutes from local midnight as a clock reading; 1440 is `24:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(at: datetime | date, zone: str = "") -> str:
    """`Tuesday 24 November`, `martes 24 de noviembre`, `martedì 24 novembre`."""
    return written(at, zone, in_language(LONG))


def short_day_and_year(at: datetime | date, zone: str = "") -> str:
    """`Tue 24 Nov 2026`."""
    return written(at, zone, SHORT_WITH_YEAR).replace(".", "")


def weekday_short(on: date) -> str:
    """`Tue`, `mar`."""
    return written(on, "", "EEE").replace(".", "")


def month_and_year(at: datetime | date, zone: str = "") -> str:
    """`November 2026`, `noviembre de 2026`."""
    return written(at, zone, in_language(MONTH_AND_YEAR))


def iso(at: datetime, zone: str) -> str:
    """For `datetime` attributes: the local reading with its offset, to the minute."""
    return clock_time.to_local(at, zone).isoformat(timespec="minutes")
