"""Signatures of pushed events: ``t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">``, over the bytes as they came."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime
from typing import Final

from clientela.checkout.providers.port import NotGenuine

TOLERANCE_SECONDS: Final = 300
LONGEST_HEADER: Final = 1000


def sign(*, body: bytes, secret: str, now: datetime) -> str:
    """Return the header that vouches for ``body``, said now."""
    seconds = int(now.timestamp())
    return f"t={seconds},v1={_mac(seconds, body, secret)}"


def verify(*, body: bytes, header: str, secret: str, now: datetime) -> None:
    """Raise ``NotGenuine`` unless this header vouches for these very bytes, said at most five minutes from now."""
    if not secret or not header or len(header) > LONGEST_HEADER:
        raise NotGenuine
    parts = [part.strip().partition("=") for part in header.split(",")]
    said = [value for name, _, value in parts if name == "t"]
    macs = [value for name, _, value in parts if name == "v1"]
    if len(said) != 1 or not macs or not re.fullmatch(r"[0-9]{1,12}", said[0]):
        raise NotGenuine
    seconds = int(said[0])
    mine = _mac(seconds, body, secret).encode()
    if not any(hmac.compare_digest(mine, mac.encode()) for mac in macs):
        raise NotGenuine
    if abs(now.timestamp() - seconds) > TOLERANCE_SECONDS:
        raise NotGenuine


def _mac(seconds: int, body: bytes, secret: str) -> str:
    signed = f"{seconds}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
