"""The list of erasures: a file beside the database, so that an old backup cannot bring anybody back.

It holds ids and moments only, one line each, and is only added to; a line may stand there twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

CARD: Final = "card"
LOGIN: Final = "login"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased (``card`` or ``login``), and when it was written down."""

    kind: str
    key: UUID
    at: datetime


class ListUnreadable(ValueError):
    """A line is no erasure; the text names it."""


def note_erasures(erasures: Iterable[Erasure]) -> None:
    """Add lines at the end, on the disk when it returns. Nobody but the installation's own user may read the file."""
    lines = [f"{one.kind} {one.key} {one.at.isoformat()}\n" for one in erasures]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with os.fdopen(os.open(_file(), flags, 0o600), "a", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def erasures(*, path: Path | None = None) -> list[Erasure]:
    """Return what was erased, each once, by the installation's own list or by the one of ``path``.

    An installation without a list erased nobody. Raises ``ListUnreadable``; the last line may be cut off by a crash
    while it was written, and then is left out.
    """
    file = path or _file()
    if not file.exists():
        return []
    text = file.read_text(encoding="ascii", errors="replace")
    whole = text[: text.rfind("\n") + 1]
    found = {}
    for number, line in enumerate(whole.splitlines(), start=1):
        one = _read(line, number)
        found[one.kind, one.key] = one
    return list(found.values())


def _read(line: str, number: int) -> Erasure:
    try:
        kind, key, at = line.split(" ")
        one = Erasure(kind, UUID(key), datetime.fromisoformat(at))
    except ValueError as error:
        message = f"line {number} of the list of erasures is none"
        raise ListUnreadable(message) from error
    if kind not in {CARD, LOGIN} or one.at.tzinfo is None:
        message = f"line {number} of the list of erasures is none"
        raise ListUnreadable(message)
    return one


def _file() -> Path:
    return Path(settings.ERASURE_LIST)
