"""The one resolver of a client's zone, row by row."""

from __future__ import annotations

import pytest

from clientela.rules.zone_choice import ZoneMode, choose_zone, zone_for_client

LOCATION, BOOKING, PROFILE = "Europe/Madrid", "America/New_York", "Asia/Tokyo"
LOCKED, CHOOSES = ZoneMode.LOCKED, ZoneMode.CLIENT_CHOOSES

TABLE = [
    pytest.param(
        LOCKED, BOOKING, PROFILE, LOCATION, "locked", marks=pytest.mark.req("S4.17", "S4.27")
    ),
    pytest.param(
        LOCKED, None, PROFILE, LOCATION, "locked", marks=pytest.mark.req("S4.17", "S4.27")
    ),
    pytest.param(LOCKED, None, None, LOCATION, "locked", marks=pytest.mark.req("S4.17", "S4.27")),
    pytest.param(
        CHOOSES, BOOKING, PROFILE, BOOKING, "booking", marks=pytest.mark.req("S4.16", "S4.27")
    ),
    pytest.param(
        CHOOSES, BOOKING, None, BOOKING, "booking", marks=pytest.mark.req("S4.16", "S4.27")
    ),
    pytest.param(CHOOSES, None, PROFILE, PROFILE, "profile", marks=pytest.mark.req("S4.27")),
    pytest.param(CHOOSES, None, None, LOCATION, "location", marks=pytest.mark.req("S4.27")),
    pytest.param(CHOOSES, "", "", LOCATION, "location", marks=pytest.mark.req("S4.27")),
    pytest.param(
        CHOOSES, "Mars/Olympus", PROFILE, PROFILE, "profile", marks=pytest.mark.req("S4.27")
    ),
    pytest.param(
        CHOOSES, None, "Mars/Olympus", LOCATION, "location", marks=pytest.mark.req("S4.27")
    ),
]


@pytest.mark.parametrize(("mode", "booking", "profile", "zone_name", "source"), TABLE)
def test_the_zone_of_a_client_follows_the_precedence(
    mode: ZoneMode, booking: str | None, profile: str | None, zone_name: str, source: str
) -> None:
    asked = {
        "mode": mode,
        "location_zone": LOCATION,
        "booking_zone": booking,
        "profile_zone": profile,
    }
    choice = choose_zone(**asked)
    assert (choice.zone_name, choice.source.value) == (zone_name, source)
    assert zone_for_client(**asked) == zone_name
