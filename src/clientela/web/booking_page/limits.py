"""How much a stranger may book from one network address."""

from __future__ import annotations

import ipaddress
from datetime import datetime

from django.http import HttpRequest

from clientela.business.models import Business
from clientela.platform.client_address import client_address
from clientela.platform.refusal import Refusal
from clientela.platform.throttle import allow

BOOKINGS_PER_HOUR = 60


class TooManyRequests(Refusal):
    """More than any family books in an hour."""

    reason = "too-many-requests"


def limit_booking(request: HttpRequest, *, business: Business, now: datetime) -> None:
    """Refuse the sixty-first booking within the hour from one address at one business.

    The machine itself is not limited: a proxy in front must be declared, or everybody would
    share its address.
    """
    address = client_address(request)
    if ipaddress.ip_address(address).is_loopback:
        return
    key = f"page-booking:{business.pk}:{address}"
    if not allow(key=key, limit=BOOKINGS_PER_HOUR, per_seconds=3600, now=now):
        raise TooManyRequests
