"""The one-time set-up code: printed on the server's console, it proves who runs the machine."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from clientela.platform import tokens

if TYPE_CHECKING:
    from datetime import datetime

_KEY: Final = "setup-code"
_LASTS: Final = timedelta(days=2)
# No vowels and no look-alikes: it is read from one screen and typed on another.
_LETTERS: Final = "BCDFGHJKMNPQRTVWXYZ346789"


def new_code(*, now: datetime) -> str:
    """Return a new code (about 70 bits) and forget the one before; only its hash is kept."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))
    cache.set(
        _KEY, {"digest": tokens.digest(code), "made": now.isoformat()}, _LASTS.total_seconds()
    )
    return code


def is_code(text: str) -> bool:
    """Whether this is the code now in force, however it was typed."""
    kept = cache.get(_KEY)
    typed = "-".join(text.upper().replace("-", " ").split())
    return bool(kept) and tokens.matches(plain=typed, stored=kept["digest"])


def forget_code() -> None:
    """End the code: the installation has its first account."""
    cache.delete(_KEY)
