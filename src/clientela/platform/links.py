"""Secrets in links: derived again whenever one is sent, and stored only as a hash.

A row keeps a random nonce and the digest of its token. The token is HMAC(key, purpose, nonce): with the database
alone nobody can make it, and without it nobody can guess it (160 bits). One purpose's token opens no other's door.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from clientela.platform.keys import working_keys

_TOKEN_BYTES: Final = 20


def new_nonce() -> str:
    """Return a fresh random nonce (128 bits, 22 URL-safe characters) to keep beside the digest."""
    return secrets.token_urlsafe(16)


def derive(*, purpose: str, nonce: str) -> str:
    """Return the token of this purpose and nonce: 27 URL-safe characters. Pure but for the key."""
    return _derive(working_keys("links")[0], purpose, nonce)


def derive_each(*, purpose: str, nonce: str) -> list[str]:
    """Return the token that each known key makes, the present key's first: to compare what was derived before a new key."""
    return [_derive(key, purpose, nonce) for key in working_keys("links")]


def rederive(*, purpose: str, nonce: str, digest: str) -> str:
    """Return the token whose digest was stored, also after the secret key was rotated.

    Raises `LookupError` when no known key makes it (the key was lost): then give the row a new nonce and digest.
    """
    for key in working_keys("links"):
        token = _derive(key, purpose, nonce)
        if matches(token=token, digest=digest):
            return token
    message = "no known key makes this link again"
    raise LookupError(message)


def is_derived(*, token: str, purpose: str, nonce: str) -> bool:
    """Whether a known key makes this token of a nonce that is no secret (a row's id): for links that need no row of their own.

    Such a link cannot be taken back one by one; it dies with the row, or with the key.
    """
    tokens = derive_each(purpose=purpose, nonce=nonce)
    # Every key is tried, so that the time says nothing about which one fits.
    return any([hmac.compare_digest(one.encode(), token.encode()) for one in tokens])  # noqa: C419 -- said above


def digest(token: str) -> str:
    """Return what is stored and looked up: SHA-256 of the token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(*, token: str, digest: str) -> bool:
    """Whether the token has this digest, compared in constant time."""
    return hmac.compare_digest(hashlib.sha256(token.encode()).hexdigest(), digest)


def _derive(key: bytes, purpose: str, nonce: str) -> str:
    # The lengths are part of the message, so no purpose can be continued by a nonce into another pair.
    message = f"{len(purpose)}:{purpose}:{nonce}".encode()
    raw = hmac.new(key, message, hashlib.sha256).digest()[:_TOKEN_BYTES]
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
