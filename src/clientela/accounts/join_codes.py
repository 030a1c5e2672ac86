"""The codes by which two mailboxes prove that they are one person's: made anew when needed, kept nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

from clientela.platform import links

OWN: Final = "join-own"
OTHER: Final = "join-other"
_LENGTH: Final = 8
_READ_AS: Final = str.maketrans(
    "01", "OI"
)  # Base32 has neither, so a typed one can only mean the letter


def join_code(*, purpose: str, nonce: str) -> str:
    """Return the code of a mailbox as it is mailed: eight letters and digits (40 bits), such as ``K7QD-2MXA``."""
    code = _code(links.derive(purpose=purpose, nonce=nonce))
    return f"{code[:4]}-{code[4:]}"


def is_join_code(*, typed: str, purpose: str, nonce: str) -> bool:
    """Whether this is the code, however it was spaced or cased; compared in constant time, also after a new key."""
    asked = "".join(typed.upper().split()).replace("-", "").translate(_READ_AS).encode()
    made = [_code(token) for token in links.derive_each(purpose=purpose, nonce=nonce)]
    # Every key is tried, so that the time says nothing about which one fits.
    return any([hmac.compare_digest(code.encode(), asked) for code in made])  # noqa: C419 -- said above


def _code(token: str) -> str:
    return base64.b32encode(hashlib.sha256(token.encode()).digest()).decode()[:_LENGTH]
