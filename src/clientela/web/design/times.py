"""Times in words: what a clock or a calendar would say, in the reader's language.

Every function takes an exact time and the zone to read it in. Nothing here reads the clock, and
all conversion is done by `clientela.rules.clock_time`.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_timezone_location
from django.utils.translation import gettext as _

from clientela.rules import clock_time
from clientela.web.design.language import active_locale

# Babel's own patterns put commas and "de" where a receptionist would not.
LONG = {"en": "EEEE d MMMM", "es": "EEEE d 'de' MMMM", "it": "EEEE d MMMM"}
LONG_WITH_YEAR = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y", "it": "EEEE d MMMM y"}
MONTH_AND_YEAR = {"en": "LLLL y", "es": "LLLL 'de' y", "it": "LLLL y"}
SHORT, SHORT_WITH_YEAR = "EEE d MMM", "EEE d MMM y"
STUB = ("EEEE", "d", "MMMM")
STUB_SHORT = ("EEE", "d", "MMM")


def local_day(at: datetime | date, zone: str = "") -> date:
    """The date on the wall in that zone; a plain date is already one."""
    if not isinstance(at, datetime):
        return at
    return clock_time.local_date(at, zone)


def written(at: datetime | date, zone: str, pattern: str) -> str:
    """The day by a CLDR pattern, in the active language."""
    return _written(local_day(at, zone), pattern, active_locale())


@lru_cache(maxsize=4096)
def _written(on: date, pattern: str, locale: Locale) -> str:
    return str(format_date(on, pattern, locale=locale))


def in_language(patterns: dict[str, str]) -> str:
    """The pattern of the active language, or the English one."""
    return patterns.get(active_locale().language, patterns["en"])


def clock(at: datetime, zone: str) -> str:
    """The reading of the wall clock, always of 24 hours: `17:30`."""
    return clock_time.to_local(at, zone).strftime("%H:%M")


def clock_of_minute(minute: int) -> str:
    """Minutes from local midnight as a clock reading; 1440 is `24:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(at: datetime | date, zone: str = "") -> str:
    """`Tuesday 24 November`, `martes 24 de noviembre`, `martedì 24 novembre`."""
    return written(at, zone, in_language(LONG))


def day_and_year(at: datetime | date, zone: str = "") -> str:
    """`Tuesday 24 November 2026`, for dates that may be far away."""
    return written(at, zone, in_language(LONG_WITH_YEAR))


def short_day(at: datetime | date, zone: str = "") -> str:
    """`Tue 24 Nov`, `mar 24 nov`."""
    return written(at, zone, SHORT).replace(".", "")


def short_day_and_year(at: datetime | date, zone: str = "") -> str:
    """`Tue 24 Nov 2026`."""
    return written(at, zone, SHORT_WITH_YEAR).replace(".", "")


def weekday_short(on: date) -> str:
    """`Tue`, `mar`."""
    return written(on, "", "EEE").replace(".", "")


def month_and_year(at: datetime | date, zone: str = "") -> str:
    """`November 2026`, `noviembre de 2026`."""
    return written(at, zone, in_language(MONTH_AND_YEAR))


def stub(at: datetime | date, zone: str = "", *, short: bool = False) -> tuple[str, str, str]:
    """The three lines of a slip's stub: weekday, day of the month, month."""
    weekday, figure, month = (
        written(at, zone, pattern).replace(".", "") for pattern in (STUB_SHORT if short else STUB)
    )
    return weekday, figure, month


def zone_city(zone: str) -> str:
    """The place that names the zone, in the reader's language: `Madrid`, `Roma`, `London`."""
    return _city(zone, active_locale()) if "/" in zone else zone


@lru_cache(maxsize=2048)
def _city(zone: str, locale: Locale) -> str:
    return str(get_timezone_location(zone, locale=locale, return_city=True))


def zone_name(zone: str, at: datetime) -> str:
    """Whose time it is, and by which abbreviation at that instant: `hora de Madrid (CET)`."""
    short = clock_time.zone_abbreviation(at, zone)
    city = zone_city(zone)
    if short == city:
        return short
    return _("%(city)s time (%(short)s)") % {"city": city, "short": short}


def doubled(at: datetime, zone: str) -> str:
    """Which of two, when the clocks read this time twice (`first, CEST`, `again, CET`); else nothing."""
    short = clock_time.zone_abbreviation(at, zone)
    match clock_time.fold_label(at, zone):
        case "first":
            return _("first, %(short)s") % {"short": short}
        case "again":
            return _("again, %(short)s") % {"short": short}
    return ""


def iso(at: datetime, zone: str) -> str:
    """For `datetime` attributes: the local reading with its offset, to the minute."""
    return clock_time.to_local(at, zone).isoformat(timespec="minutes")
