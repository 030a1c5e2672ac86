"""The zones a visitor may read times in: a short list by region, and wherever they already are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from clientela.rules.clock_time import is_known_zone, to_local
from clientela.web.design.times import zone_city

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


@dataclass(frozen=True, slots=True)
class ZoneOption:
    """One line of the menu."""

    name: str
    label: str


def zone_groups(*, here: Iterable[str], at: datetime) -> list[tuple[str, list[ZoneOption]]]:
    """The menu: first the zones that matter here (the place, the device, the one in use), then the world."""
    near = list(dict.fromkeys(name for name in here if name))
    far = [name for name in OFFERED if is_known_zone(name) and name not in near]
    by_clock = sorted(far, key=lambda name: (_offset(name, at), zone_city(name)))
    return [
        (_("Here"), [_option(name, at) for name in near]),
        (_("Elsewhere"), [_option(name, at) for name in by_clock]),
    ]


def _option(name: str, at: datetime) -> ZoneOption:
    return ZoneOption(name, f"{zone_city(name)} · {to_local(at, name):%H:%M}")


def _offset(name: str, at: datetime) -> timedelta:
    return to_local(at, name).utcoffset() or timedelta()
