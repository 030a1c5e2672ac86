"""Where a browser is reached, as it told us: read with suspicion, for anybody can post it.

An endpoint is an address that this installation will call. So it must be one of a known push service
(``CLIENTELA_PUSH_SERVICES`` adds others), over https, without a name or a port in it; what it leads to is judged again when
it is called (``platform/outside.py``).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clientela.notify.errors import PushDeviceRefused
from clientela.platform.ids import uuid7

LONGEST_ENDPOINT: Final = 1000
SIMULATED_HOST: Final = "push.simulator.invalid"
SERVICES: Final = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The services of the browsers there are; names below one of them belong to it."""
_POINT_BYTES, _SECRET_BYTES, _HTTPS = 65, 16, 443


@dataclass(frozen=True, slots=True)
class PushAddress:
    """An endpoint and the two keys with which what is sent there is encrypted (base64url)."""

    endpoint: str
    p256dh: str
    auth: str

    @property
    def digest(self) -> str:
        """Finds the device without opening what is sealed."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()

    @property
    def host(self) -> str:
        """The service's name."""
        return urlsplit(self.endpoint).hostname or ""


def read_push_address(
    *, endpoint: str, p256dh: str, auth: str, services: Iterable[str]
) -> PushAddress:
    """Return the address; refuses ``PushDeviceRefused`` for what no browser would have told us.

    ``services`` are the names whose endpoints are called.
    """
    if not _is_of(endpoint, tuple(services)):
        raise PushDeviceRefused("push-service-unknown", field="endpoint")
    if not _is_point(p256dh) or len(_bytes(auth)) != _SECRET_BYTES:
        raise PushDeviceRefused("push-keys-invalid", field="p256dh")
    return PushAddress(endpoint=endpoint, p256dh=p256dh, auth=auth)


def _is_of(endpoint: str, services: tuple[str, ...]) -> bool:
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        url = urlsplit(endpoint)
        port = url.port
    except ValueError:
        return False
    host = url.hostname or ""
    is_plain = url.scheme == "https" and port in {None, _HTTPS} and "@" not in url.netloc
    return is_plain and any(host == one or host.endswith(f".{one}") for one in services)


def _is_point(text: str) -> bool:
    raw = _bytes(text)
    if len(raw) != _POINT_BYTES:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True


def _bytes(text: str) -> bytes:
    """Read base64url with or without its padding; nothing where it is none."""
    try:
        return base64.b64decode(
            text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        return b""


def simulated_address() -> PushAddress:
    """Return where a device of a demo is "reached": an address that leads nowhere, with keys like a browser's."""
    point = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return PushAddress(
        endpoint=f"https://{SIMULATED_HOST}/{uuid7()}",
        p256dh=base64.urlsafe_b64encode(point).decode(),
        auth=base64.urlsafe_b64encode(uuid7().bytes).decode(),
    )
