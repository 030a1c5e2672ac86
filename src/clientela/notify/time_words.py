"""Times as a message says them, in the language that is active.

The same words as on the pages (``web/design/times.py``, which stands above us); a test holds
the two equal. Exact times come in with the zone to read them in; the converter is the rules'.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, get_timezone_location
from django.utils.translation import get_language, gettext as _

from clientela.rules import clock_time

LONG_WITH_YEAR = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y", "it": "EEEE d MMMM y"}
SHORT = "EEE d MMM"
STUB = ("EEEE", "d", "MMMM")


@cache
def _locale(code: str) -> Locale:
    # Our English is British: 24-hour clock, day before month.
    return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))


def _written(at: datetime, zone: str, pattern: str) -> str:
    day = clock_time.local_date(at, zone)
    return str(format_date(day, pattern, locale=_locale(get_language() or "en")))


def clock(at: datetime, zone: str) -> str:
    """``17:30``; where the clocks read it twice, which of the two: ``02:30 (again, CET)``."""
    reading = clock_time.to_local(at, zone).strftime("%H:%M")
    words = _which_of_two(at, zone)
    return f"{reading} ({words})" if words else reading


def _which_of_two(at: datetime, zone: str) -> str:
    short = {"short": clock_time.zone_abbreviation(at, zone)}
    match clock_time.fold_label(at, zone):
        case "first":
            return _("first, %(short)s") % short
        case "again":
            return _("again, %(short)s") % short
    return ""


def day_and_year(at: datetime, zone: str) -> str:
    """``Tuesday 24 November 2026``."""
    code = (get_language() or "en").split("-")[0]
    return _written(at, zone, LONG_WITH_YEAR.get(code, LONG_WITH_YEAR["en"]))


def short_day(at: datetime, zone: str) -> str:
    """``Tue 24 Nov``."""
    return _written(at, zone, SHORT).replace(".", "")


def weekday(at: datetime, zone: str) -> str:
    """``Tuesday``."""
    return _written(at, zone, "EEEE")


def stub(at: datetime, zone: str) -> tuple[str, str, str]:
    """The three lines of a slip's stub: weekday, day of the month, month."""
    first, second, third = (_written(at, zone, pattern).replace(".", "") for pattern in STUB)
    return first, second, third


def zone_name(zone: str, at: datetime) -> str:
    """Whose time it is, and its abbreviation at that instant: ``Madrid time (CET)``."""
    short = clock_time.zone_abbreviation(at, zone)
    city = zone
    if "/" in zone:
        locale = _locale(get_language() or "en")
        city = str(get_timezone_location(zone, locale=locale, return_city=True))
    if short == city:
        return short
    return _("%(city)s time (%(short)s)") % {"city": city, "short": short}


def minutes(lasts: int) -> str:
    """``45 min``, ``1 h``, ``1 h 15 min``."""
    hours, rest = divmod(lasts, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def iso_day(at: datetime, zone: str) -> str:
    """``2026-11-24``, for addresses."""
    return clock_time.local_date(at, zone).isoformat()
