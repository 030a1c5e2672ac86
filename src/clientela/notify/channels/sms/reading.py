"""Reading JSON from elsewhere: whatever it is, it becomes an object with texts, or nothing."""

from __future__ import annotations

import json
from typing import Any


def json_object(body: bytes) -> dict[str, Any] | None:
    """Return the object that the bytes are, or ``None`` for anything else."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def text_of(said: dict[str, Any], name: str) -> str:
    """Return a text of the object; blank where there is none."""
    found = said.get(name)
    return found if isinstance(found, str) else ""
