"""Who reads a public page: in which language, and in which zone times are read to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import trans_real

from clientela.business.models import BookingPolicy, Business
from clientela.rules.clock_time import is_known_zone
from clientela.rules.zone_choice import ZoneMode, zone_for_client

DEVICE_ZONE_COOKIE = "device_zone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """In which zone the page reads its times, and which other zones matter to this reader.

    `device` is the zone the visitor's device said, or nothing; `beside` is a second zone worth
    printing under each time, or nothing. A locked business has neither choice nor second line.
    """

    zone: str
    location: str
    device: str
    may_choose: bool

    @property
    def beside(self) -> str:
        """The device's own zone where the page reads another; else the place's, likewise."""
        if not self.may_choose:
            return ""
        other = self.device if self.device and self.device != self.zone else self.location
        return "" if other == self.zone else other


def business_of(request: HttpRequest) -> Business:
    """The business of the address, which the policy gate has found and opened the scope of."""
    found: Business = request.business  # type: ignore[attr-defined]  # the gate's own attribute
    return found


def speak(request: HttpRequest, *, fallback: str) -> None:
    """Answer in the visitor's language; a visitor who names none we speak is answered in `fallback`."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or _names_a_language(request):
        return
    translation.activate(fallback)
    request.LANGUAGE_CODE = translation.get_language()


def device_zone(request: HttpRequest) -> str:
    """The zone the visitor's device said it is in; nothing if it said none, or nonsense."""
    said = request.COOKIES.get(DEVICE_ZONE_COOKIE, "").replace("%2F", "/")
    return said if is_known_zone(said) else ""


def reading(
    *,
    policy: BookingPolicy,
    location_zone: str,
    chosen: str = "",
    profile: str = "",
    device: str = "",
) -> Reading:
    """The zone to read times in: locked, the location's; else the chosen one, the profile's, the device's, the location's."""
    mode = zone_mode(policy)
    zone = zone_for_client(
        mode=mode, location_zone=location_zone, booking_zone=chosen, profile_zone=profile or device
    )
    return Reading(
        zone=zone,
        location=location_zone,
        device=device,
        may_choose=mode is ZoneMode.CLIENT_CHOOSES,
    )


def is_asked_zone(zone: str, read: Reading) -> bool:
    """Whether the address names a zone and the business lets the reader choose one."""
    return read.may_choose and is_known_zone(zone)


def zone_mode(policy: BookingPolicy) -> ZoneMode:
    """The setting as the rules name it."""
    return ZoneMode(policy.zone_mode)


def language_of(business: Business) -> str:
    """The business's language, if the installation speaks it; else the installation's own."""
    spoken = dict(settings.LANGUAGES)
    return business.language if business.language in spoken else settings.LANGUAGE_CODE


def _names_a_language(request: HttpRequest) -> bool:
    """Whether the browser asks for a language that we speak."""
    header = request.headers.get("Accept-Language", "")
    for code, _quality in trans_real.parse_accept_lang_header(header):
        try:
            translation.get_supported_language_variant(code)
        except LookupError:
            continue
        return True
    return False
