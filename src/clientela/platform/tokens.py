"""Random tokens (API, set-up): shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token at its birth: `plain` goes to its owner and nowhere else, `digest` to the database."""

    plain: str
    digest: str
    hint: str

    def __repr__(self) -> str:
        """Never show the token."""
        return f"NewToken(hint={self.hint!r})"


def new_token(*, prefix: str) -> NewToken:
    """Make a token of 256 random bits, such as `clk_…`; the prefix lets people and scanners recognise a leak.

    `hint` is the prefix and the first four characters: enough to tell two tokens apart on a page.
    """
    secret = secrets.token_urlsafe(32)
    plain = f"{prefix}_{secret}"
    return NewToken(plain=plain, digest=digest(plain), hint=f"{prefix}_{secret[:4]}")


def digest(plain: str) -> str:
    """Return what is stored and looked up. A random token of 256 bits needs no slow hash."""
    return hashlib.sha256(plain.encode()).hexdigest()


def matches(*, plain: str, stored: str) -> bool:
    """Whether the token is the stored one, compared in constant time."""
    return hmac.compare_digest(digest(plain), stored)
