"""How gateways sign what they push: the three ways there are, over the bytes or fields as they came."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import jwt

from clientela.checkout.providers.port import NotGenuine as Unsigned
from clientela.checkout.providers.signature import sign, verify
from clientela.notify.channels.sms.port import NotGenuine

HEADER: Final = "clientela-signature"
# A gateway repeats what we did not answer for up to a day, with the signature it made first.
OLDEST_SECONDS: Final = 25 * 3600
_CLOCKS_DIFFER_SECONDS: Final = 300

sign_timed = sign
"""``t=<seconds>,v1=<HMAC-SHA256>``: what a gateway of one's own puts into ``Clientela-Signature``."""


def basic(name: str, secret: str) -> str:
    """Return the header of a Basic log-in."""
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode("ascii")


def check_timed(*, body: bytes, header: str, secret: str, now: datetime) -> None:
    """Raise ``NotGenuine`` unless the header vouches for the bytes, said within five minutes."""
    try:
        verify(body=body, header=header, secret=secret, now=now)
    except Unsigned as error:
        raise NotGenuine from error


def form_signature(*, url: str, fields: Iterable[tuple[str, str]], secret: str) -> str:
    """Return Base64 of the HMAC-SHA1 over the address and every field, name and value, in the order of their names."""
    said = url + "".join(f"{name}{value}" for name, value in sorted(fields))
    mac = hmac.new(secret.encode(), said.encode("utf-8", "surrogatepass"), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode("ascii")


def check_form(*, url: str, fields: Iterable[tuple[str, str]], header: str, secret: str) -> None:
    """Raise ``NotGenuine`` unless the header is that signature. It holds no time: each saying counts once anyway."""
    mine = form_signature(url=url, fields=fields, secret=secret)
    if not secret or not hmac.compare_digest(mine.encode(), header.strip().encode()):
        raise NotGenuine


def check_token(*, body: bytes, header: str, secret: str, now: datetime) -> dict[str, Any]:
    """Return the claims of a bearer token (HS256) that vouches for these bytes; raises ``NotGenuine``."""
    kind, _, token = header.partition(" ")
    if not secret or kind.lower() != "bearer":
        raise NotGenuine
    try:
        claims: dict[str, Any] = jwt.decode(
            token.strip(),
            secret,
            algorithms=["HS256"],
            # Times are read by our own clock, below.
            options={
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": False,
            },
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise NotGenuine from error
    said = claims.get("payload_hash")
    mine = hashlib.sha256(body).hexdigest()
    if not isinstance(said, str) or not hmac.compare_digest(said.lower().encode(), mine.encode()):
        raise NotGenuine
    age = now.timestamp() - _seconds(claims.get("iat"))
    if not -_CLOCKS_DIFFER_SECONDS <= age <= OLDEST_SECONDS:
        raise NotGenuine
    return claims


def _seconds(said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise NotGenuine
    return float(said)
