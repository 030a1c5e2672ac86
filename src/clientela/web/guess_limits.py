"""How often secrets may be guessed and mails asked for: counted in the database, so shared by all processes.

Every door that takes a secret asks ``may_try`` before it looks at one. A known and an unknown address are counted alike. Together
the ways leave less than a hundred guesses at one account in an hour, however they are spread. Nobody is shut out for good: counts run out
with their stretch, and a browser that once signed in has a count of its own, which strangers cannot use up.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from clientela.platform.client_address import client_address
from clientela.platform.throttle import allow
from clientela.rules.name_match import normalise_email
from clientela.web.known_browser import known_browser

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

_MINUTE: Final = 60
_HOUR: Final = 3600
_IPV6_SITE: Final = 64


class Way(StrEnum):
    """The ways in, and the mails a stranger can ask for."""

    PASSWORD = "password"  # noqa: S105 -- a word, not a secret
    CODE_MAIL = "code-mail"
    CODE = "code"
    RESET = "reset"
    SIGN_UP = "sign-up"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` in ``seconds`` about one address, and ``from_network`` in the same time from one network."""

    times: int
    seconds: int
    from_network: int


# Guesses at one account in an hour: 40 passwords, 5 codes with 5 tries each; and 20 second factors, which their room counts.
LIMITS: Final = {
    Way.PASSWORD: Limit(times=10, seconds=15 * _MINUTE, from_network=100),
    Way.CODE_MAIL: Limit(times=5, seconds=_HOUR, from_network=60),
    Way.CODE: Limit(times=5, seconds=15 * _MINUTE, from_network=100),
    Way.RESET: Limit(times=5, seconds=_HOUR, from_network=30),
    Way.SIGN_UP: Limit(times=5, seconds=_HOUR, from_network=30),
}


def may_try(*, request: HttpRequest, way: Way, about: str, now: datetime) -> bool:
    """Count one try and say whether it may go on; call it before the secret is looked at, outside a transaction.

    ``about`` is the address typed (or the key of the account, or of the mailed code). The network is counted
    first: who is over that limit uses up nobody's own.
    """
    limit = LIMITS[way]
    network = network_of(request)
    if network and not allow(
        key=f"guess:{way}:from:{network}",
        limit=limit.from_network,
        per_seconds=limit.seconds,
        now=now,
    ):
        return False
    name = normalise_email(about)
    browser = known_browser(request, address=name) if way is Way.PASSWORD else ""
    key = f"guess:{way}:{name}:{browser}" if browser else f"guess:{way}:{name}"
    return allow(key=key, limit=limit.times, per_seconds=limit.seconds, now=now)


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Nothing for the machine itself: a proxy in front must be declared, or everybody would share its address.
    """
    address = ipaddress.ip_address(client_address(request))
    if address.is_loopback:
        return ""
    if address.version == 6:  # noqa: PLR2004 -- the version of the protocol
        return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
    return str(address)
