"""The zones a visitor may read times in: a short list by region, and wherever they already are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from clientela.rules.clock_time import is_known_zone, to_exact, to_local
from clientela.web.design.times import zone_city

NOON = 12 * 60
OFFERED: Final = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/Chicago",
    "America/Mexico_City",
    "America/New_York",
    "America/Toronto",
    "America/Bogota",
    "America/Lima",
    "America/Caracas",
    "America/Halifax",
    "America/Santiago",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Montevideo",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Atlantic/Reykjavik",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Helsinki",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Jerusalem",
    "Asia/Riyadh",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Manila",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Pacific/Auckland",
)


def zone_options(*, here: Iterable[str], chosen: str, on: date) -> SafeString:
    """The menu as `<option>` elements: first the zones that matter here (place, device, the one in use), then the world.

    Offsets are those of that day at noon. The world's part is drawn once per language and day.
    """
    near = list(dict.fromkeys(name for name in here if name))
    return format_html(
        '<optgroup label="{}">{}</optgroup><optgroup label="{}">{}</optgroup>',
        _("Here"),
        format_html_join("", '<option value="{}"{}>{}</option>', _lines(near, chosen, on)),
        _("Elsewhere"),
        _world(get_language() or "en", on),
    )


@lru_cache(maxsize=64)
def _world(language: str, on: date) -> SafeString:
    names = sorted(
        (name for name in OFFERED if is_known_zone(name)),
        key=lambda name: (_offset(name, on), zone_city(name)),
    )
    return format_html_join("", '<option value="{}"{}>{}</option>', _lines(names, "", on))


def _lines(names: Iterable[str], chosen: str, on: date) -> Iterator[tuple[str, str, str]]:
    for name in names:
        selected = mark_safe(" selected") if name == chosen else ""
        yield name, selected, f"{zone_city(name)} · {_written(_offset(name, on))}"


def _offset(name: str, on: date) -> timedelta:
    noon = to_exact(on=on, minute=NOON, zone_name=name, gap="after", overlap="first")
    return to_local(noon, name).utcoffset() or timedelta()


def _written(offset: timedelta) -> str:
    """`UTC+1`, `UTC-3:30`."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")
