"""In which zone a client is shown a time, on every page and in every message.

Locked businesses show the location's zone. Otherwise the zone chosen with the booking counts,
then the one on the client's card, then the location's. The zone is always named beside the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clientela.rules.clock_time import is_known_zone


class ZoneMode(StrEnum):
    """The business's setting: every time in the location's zone, or in the one the client chooses."""

    LOCKED = "locked"
    CLIENT_CHOOSES = "client-chooses"


class ZoneSource(StrEnum):
    """Where the zone came from; traces and diagnoses say it."""

    LOCKED = "locked"
    BOOKING = "booking"
    PROFILE = "profile"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """An IANA zone and where it came from."""

    zone_name: str
    source: ZoneSource


def choose_zone(
    *, mode: ZoneMode, location_zone: str, booking_zone: str | None, profile_zone: str | None
) -> ZoneChoice:
    """Choose the zone for a client, and say where it came from.

    A booking or profile zone that this process's data does not know (withdrawn, or a device's
    fancy) is passed over, so that a time can always be shown.
    """
    if mode is ZoneMode.LOCKED:
        return ZoneChoice(location_zone, ZoneSource.LOCKED)
    if booking_zone and is_known_zone(booking_zone):
        return ZoneChoice(booking_zone, ZoneSource.BOOKING)
    if profile_zone and is_known_zone(profile_zone):
        return ZoneChoice(profile_zone, ZoneSource.PROFILE)
    return ZoneChoice(location_zone, ZoneSource.LOCATION)


def zone_for_client(
    *, mode: ZoneMode, location_zone: str, booking_zone: str | None, profile_zone: str | None
) -> str:
    """Return just the zone of ``choose_zone``, for those who only print times."""
    return choose_zone(
        mode=mode, location_zone=location_zone, booking_zone=booking_zone, profile_zone=profile_zone
    ).zone_name
