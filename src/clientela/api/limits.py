"""How much an anonymous caller may book."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from clientela.platform.client_address import client_address
from clientela.platform.refusal import Refusal
from clientela.platform.throttle import allow

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.api.access import Caller
    from clientela.policy.door_request import DoorRequest

GUEST_BOOKINGS_PER_HOUR: Final = 60
TRY_AGAIN_SECONDS: Final = 300  # uses leave the count in twelfths of the hour


def limit_guest_booking(request: DoorRequest, *, caller: Caller, now: datetime) -> None:
    """Refuse a stranger's sixty-first booking within the hour from one address at one business.

    Programs with a token are the business's own affair. The machine itself (loopback) is not
    limited: a proxy in front must be declared, or everybody would share its address.
    """
    address = client_address(request)
    if caller.token is not None or ipaddress.ip_address(address).is_loopback:
        return
    key = f"api-booking:{request.business.pk}:{address}"
    if not allow(key=key, limit=GUEST_BOOKINGS_PER_HOUR, per_seconds=3600, now=now):
        raise Refusal("too-many-requests", retry_after=TRY_AGAIN_SECONDS)
