"""Working keys, one per purpose, derived from `SECRET_KEY` and its fallbacks."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from django.conf import settings


def working_keys(purpose: str) -> list[bytes]:
    """Return 32-byte keys for this purpose: the present one first, then those of `SECRET_KEY_FALLBACKS`."""
    secrets: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_derived(str(secret), purpose) for secret in secrets]


@lru_cache(maxsize=256)
def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"clientela:{purpose}".encode(), hashlib.sha256).digest()
