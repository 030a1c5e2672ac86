"""The language a page is written in, as Babel knows it."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language

# Our English is British: 24-hour clock, day before month.
REGIONAL = {"en": "en_GB"}


@cache
def locale_named(code: str) -> Locale:
    """The locale for a Django language code; an unknown one reads as English."""
    try:
        return Locale.parse(REGIONAL.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(REGIONAL["en"])


def active_locale() -> Locale:
    """The locale of the language that is active in this thread."""
    return locale_named(get_language() or "en")
