"""The third option of the article: the right message, read at the wrong hour."""

from __future__ import annotations

from typing import Final

from clientela.notify.diagnosis.facts import Facts, Zones, to_resend
from clientela.notify.diagnosis.finding import (
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.models import Reason
from clientela.rules.clock_time import is_known_zone, wall_text
from clientela.rules.zone_choice import ZoneMode, ZoneSource


def place_keeps_its_time(facts: Facts) -> Answer:
    """Whether the place's zone is known, and the appointment still is when it was promised."""
    zones = facts.zones
    if not is_known_zone(zones.place):
        return failed("unknown-zone", fixes=(Fix.LOCK_ZONE,), place=zones.place)
    if not zones.promise_holds:
        return failed("moved", fixes=(Fix.CORRECT_APPOINTMENT,), place=zones.place)
    return passed(place=zones.place)


def booking_reads_the_places_time(facts: Facts) -> Answer:
    """In whose zone the client is told times: the place's, or the one they chose, which only they know to be right."""
    zones = facts.zones
    if zones.mode is ZoneMode.LOCKED:
        return passed("locked", place=zones.place)
    if zones.told_from is ZoneSource.BOOKING and not _same(zones, zones.booking):
        return cannot_know(
            "chosen", fixes=(Fix.LOCK_ZONE,), place=zones.place, booking=zones.booking
        )
    return passed(place=zones.place)


def it_was_booked_on_a_device_at_home(facts: Facts) -> Answer:
    """Who books by hand while travelling may have typed the hour of where they are."""
    zones = facts.zones
    if not zones.is_by_hand:
        return passed("own")
    if not zones.device:
        return cannot_know()
    if _same(zones, zones.device):
        return passed("home", device=zones.device)
    return failed(fixes=(Fix.CORRECT_APPOINTMENT,), place=zones.place, device=zones.device)


def this_device_reads_the_places_time(facts: Facts) -> Answer:
    """Pages print the time of the device in use (S4.14): abroad, the same appointment reads another hour."""
    zones = facts.zones
    if not zones.reader:
        return cannot_know()
    if _same(zones, zones.reader):
        return passed(device=zones.reader)
    return failed(bears=zones.is_by_hand, place=zones.place, device=zones.reader)


def it_was_booked_in_time(facts: Facts) -> Answer:
    """Whether the moment to send had passed when it was booked or moved."""
    found = facts.with_reason(Reason.TOO_CLOSE)
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found)) if found else passed()


def profile_reads_the_places_time(facts: Facts) -> Answer:
    """Whether the client's card says another zone than the business's."""
    zones = facts.zones
    if not zones.profile:
        return passed("none", place=zones.place)
    if _same(zones, zones.profile):
        return passed(profile=zones.profile)
    counts = zones.told_from is ZoneSource.PROFILE
    return failed(
        "" if counts else "unused",
        fixes=(Fix.CORRECT_ZONE,),
        bears=counts,
        place=zones.place,
        profile=zones.profile,
    )


def night_let_it_through(facts: Facts) -> Answer:
    """Whether it was held for the night, and after it was too late."""
    found = facts.with_reason(Reason.QUIET_HOURS)
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found)) if found else passed()


def _same(zones: Zones, other: str) -> bool:
    """Whether both clocks read the same at that moment: Paris and Madrid are no contradiction.

    With a zone that nobody knows nothing can be compared; ``place-zone`` says so.
    """
    if not (is_known_zone(zones.place) and is_known_zone(other)):
        return True
    return wall_text(zones.at, zones.place) == wall_text(zones.at, other)


_G: Final = Group.ZONE
CHECKS: Final = (
    Check("place-zone", _G, ("S4.19",), place_keeps_its_time),
    Check("booking-zone", _G, ("S4.16", "S4.17", "S4.18"), booking_reads_the_places_time),
    Check("device-zone", _G, ("S4.20",), it_was_booked_on_a_device_at_home),
    Check("reader-device", _G, ("S4.14", "S4.15", "S4.21"), this_device_reads_the_places_time),
    Check("booked-in-time", _G, ("S4.22",), it_was_booked_in_time),
    Check("profile-zone", _G, ("S4.23", "S4.24"), profile_reads_the_places_time),
    Check("quiet-hours", _G, (), night_let_it_through),
)
