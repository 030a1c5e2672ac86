"""In which zone these pages read a time to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from clientela.rules.clock_time import is_known_zone
from clientela.web.visitor import device_zone

if TYPE_CHECKING:
    from clientela.policy.door_request import DoorRequest


def zone_of(request: DoorRequest) -> str:
    """The zone the person chose, else their device's, else the installation's (UTC)."""
    chosen = request.user.zone
    return chosen if is_known_zone(chosen) else device_zone(request) or settings.TIME_ZONE
