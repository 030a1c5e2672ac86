"""How often a stranger may ask to be told, from one network address."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from clientela.business.models import Business
from clientela.platform.client_address import client_address
from clientela.platform.throttle import allow
from clientela.web.booking_page.limits import TooManyRequests

JOINS_PER_HOUR: Final = 20


def limit_joining(request: HttpRequest, *, business: Business, now: datetime) -> None:
    """Refuse the twenty-first within the hour from one address at one business; the machine itself is not limited."""
    address = client_address(request)
    if ipaddress.ip_address(address).is_loopback:
        return
    key = f"waiting-list:{business.pk}:{address}"
    if not allow(key=key, limit=JOINS_PER_HOUR, per_seconds=3600, now=now):
        raise TooManyRequests
