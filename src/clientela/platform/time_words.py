"""Times in words, in the active language: one renderer for pages, mails and calendar files.

Every function takes an exact time and the zone to read it in. Nothing here reads the clock, and
all conversion is done by `clientela.rules.clock_time`.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_timezone_location
from django.utils.translation import gettext as _

from clientela.platform.language import active_locale
from clientela.rules import clock_time

# Babel's own patterns put commas and "de" where a receptionist would not.
LONG_WITH_YEAR = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y", "it": "EEEE d MMMM y"}
SHORT = "EEE d MMM"
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


def doubled(at: datetime, zone: str) -> str:
    """Which of two, when the clocks read this time twice (`first, CEST`, `again, CET`); else nothing."""
    short = {"short": clock_time.zone_abbreviation(at, zone)}
    match clock_time.fold_label(at, zone):
        case "first":
            return _("first, %(short)s") % short
        case "again":
            return _("again, %(short)s") % short
    return ""


def exact_clock(at: datetime, zone: str) -> str:
    """The reading and, where there are two of it, which of the two: `02:30 (again, CET)`."""
    which = doubled(at, zone)
    return f"{clock(at, zone)} ({which})" if which else clock(at, zone)


def day_and_year(at: datetime | date, zone: str = "") -> str:
    """`Tuesday 24 November 2026`, for dates that may be far away."""
    return written(at, zone, in_language(LONG_WITH_YEAR))


def short_day(at: datetime | date, zone: str = "") -> str:
    """`Tue 24 Nov`, `mar 24 nov`."""
    return written(at, zone, SHORT).replace(".", "")


def weekday(at: datetime | date, zone: str = "") -> str:
    """`Tuesday`."""
    return written(at, zone, "EEEE")


def stub(at: datetime | date, zone: str = "", *, short: bool = False) -> tuple[str, str, str]:
    """The three lines of a slip's stub: weekday, day of the month, month."""
    first, figure, month = (
        written(at, zone, pattern).replace(".", "") for pattern in (STUB_SHORT if short else STUB)
    )
    return first, figure, month


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


def minutes(lasts: int) -> str:
    """A length in minutes: `45 min`, `1 h`, `1 h 15 min`."""
    hours, rest = divmod(lasts, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def exact_moment(at: datetime, zone: str) -> str:
    """The day, the time and the zone, for the middle of a sentence: `Mon 23 Nov, 17:30, Madrid time (CET)`."""
    return f"{short_day(at, zone)}, {exact_clock(at, zone)}, {zone_name(zone, at)}"
