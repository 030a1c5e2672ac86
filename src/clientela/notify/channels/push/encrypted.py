"""One push as it travels: encrypted for one browser (RFC 8291) and signed as this installation's (RFC 8292)."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from typing import Final

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from py_vapid import Vapid02

from clientela.notify.channels.push.parcel import Parcel
from clientela.notify.push_address import PushAddress

# Services refuse what claims to hold for more than a day, by their clock and not by ours.
SIGNED_FOR_SECONDS: Final = 12 * 60 * 60


def encrypt(payload: bytes, *, address: PushAddress) -> bytes:
    """Return the payload as only that browser can read it; each call with a key of its own."""
    sealed: bytes = http_ece.encrypt(
        payload,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(address.p256dh),
        auth_secret=_bytes(address.auth),
        version="aes128gcm",
    )
    return sealed


def headers(parcel: Parcel, *, address: PushAddress, private_key: str) -> Mapping[str, str]:
    """Return the headers of the request: for how long it is news, under which topic, and who signs."""
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(parcel.lasts),
        "Topic": parcel.tag,
        "Urgency": "high" if parcel.is_urgent else "normal",
        "Authorization": signature(host=address.host, private_key=private_key),
    }


def signature(*, host: str, private_key: str) -> str:
    """Return the word by which a push service knows whose push it is, and whom to write to about it."""
    key = load_pem_private_key(private_key.encode(), password=None)
    # The service judges the age by the time of day: a demo's moved clock must not reach it.
    claims = {
        "aud": f"https://{host}",
        "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}",
        "exp": int(time.time()) + SIGNED_FOR_SECONDS,  # noqa: TID251 -- judged by the service's clock
    }
    signed: dict[str, str] = Vapid02(key, conf={"no-strict": True}).sign(claims)
    return signed["Authorization"]


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
