"""What an event may carry: ids, plain words, numbers, truths, moments and dates. Nothing that tells who or where.

The JSON explains itself (`{"uuid": "…"}`), so reading it back needs no type hints. A text that looks like an
address, a telephone number or a sentence is refused when it is written, not found years later in a backup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

_WORD: Final = re.compile(r"[A-Za-z0-9_./:+-]{0,80}")
_PHONE: Final = re.compile(r"\+?[0-9./-]{7,}")


class PayloadRefusedError(ValueError):
    """A value has no place in an event: it may be personal, secret, or of a kind that cannot be read back."""


def encode(fields: Mapping[str, object]) -> dict[str, Any]:
    """Return the fields as JSON that explains itself; raises `PayloadRefusedError` for what must not be kept."""
    return {name: _encode(name, value) for name, value in fields.items()}


def decode(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields again; lists come back as tuples, words of an enumeration as plain text."""
    return {name: _decode(value) for name, value in payload.items()}


def _encode(name: str, value: object) -> Any:  # noqa: ANN401 -- any JSON value; one line per kind reads best
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _word(name, value)
    if isinstance(value, UUID):
        return {"uuid": str(value)}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            message = f"{name} is a moment without a zone"
            raise PayloadRefusedError(message)
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_encode(name, part) for part in value]
    message = f"{name} is a {type(value).__name__}: events carry ids, words, whole numbers, moments and dates"
    raise PayloadRefusedError(message)


def _word(name: str, value: str) -> str:
    if not _WORD.fullmatch(value) or _PHONE.fullmatch(value):
        message = f"{name} is text that may be personal or secret: events carry ids and plain words"
        raise PayloadRefusedError(message)
    return value


def _decode(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    return _READERS[kind](text)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "uuid": UUID,
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
}
