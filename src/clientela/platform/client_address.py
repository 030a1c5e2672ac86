"""The caller's network address, believed only as far as the operator declared."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the caller's address: the peer's, or what the trusted proxies in front recorded.

    ``X-Forwarded-For`` is read from the right, one entry for each proxy that the operator declared
    (``CLIENTELA_TRUSTED_PROXIES``); entries further left are the caller's own invention.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    hops = int(settings.TRUSTED_PROXIES)
    if hops:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(chain) >= hops and chain[-hops]:
            peer = chain[-hops]
    try:
        return str(ipaddress.ip_address(peer))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 -- "unknown", shared by all who have no address; binds nothing
