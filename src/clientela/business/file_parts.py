"""Which parts of a business's file belong to storeys that the file's own does not know: each registers its own.

    carries("messages", told=messages_told, kept=keep_messages)

The file (``integrations/business_file``) says what such a part looks like and checks it; who registers it turns rows into
those plain values and back. An app registers in its ``movers.py``, loaded at the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FileKeys:
    """The keys under which the file names rows that others refer to: by id when written, by key when read."""

    services: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class FileIds:
    """The ids of the rows that are being made out of a file, by key, and of the business itself.

    ``is_copy``: it stands, or may stand, beside the business that the file was written of.
    """

    business: UUID
    services: Mapping[str, UUID]
    is_copy: bool = False


class Told(Protocol):
    """Returns a part as plain values, in the scope of its business; what is at its default is left out."""

    def __call__(self, *, keys: FileKeys) -> dict[str, Any]:
        """Tell."""


class Kept(Protocol):
    """Writes the rows of a part, in the transaction and the scope of the import; nobody is told anything."""

    def __call__(self, *, part: Mapping[str, Any], ids: FileIds, now: datetime) -> None:
        """Keep."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who tells and keeps one part."""

    told: Told
    kept: Kept


_carriers: Final[dict[str, Carrier]] = {}


def carries(section: str, *, told: Told, kept: Kept) -> None:
    """Register who tells and keeps a section of the file; registering it again changes nothing."""
    _carriers[section] = Carrier(told, kept)


def carriers() -> dict[str, Carrier]:
    """Return every registered carrier, by section."""
    return dict(sorted(_carriers.items()))
