"""Texts that name rows: causes, units and accounts of the ledger.

In the database such a text holds an id ("appointment:01a2…:redeem:1"). In the file the id becomes the key of what it
names, in braces with its section ("appointment:{appointments/ana-2026-11-24}:redeem:1"), so that a copy, whose ids
are its own, still names the same things. An id of something that is not in the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME: Final = re.compile(r"\{([a-z]+/[a-z0-9][a-z0-9-]*)\}")
SECTIONS: Final = frozenset({"appointments", "sales", "grants", "payments", "services", "packages"})
"""What may be named; a grant has the key of its sale."""

Names = Mapping[UUID, str]
"""What stands for an id: ``section/key``."""


def ids_in(text: str) -> list[UUID]:
    """Return every id that stands in the text."""
    return [UUID(found) for found in _ID.findall(text)]


def with_names(text: str, *, names: Names) -> str:
    """Return the text as the file says it."""

    def name(found: re.Match[str]) -> str:
        known = names.get(UUID(found[0]))
        return found[0] if known is None else f"{{{known}}}"

    return _ID.sub(name, text)


def with_ids(text: str, *, ids: Mapping[str, UUID]) -> str:
    """Return the text as the database holds it; ``KeyError`` where a name leads nowhere."""
    return _NAME.sub(lambda found: str(ids[found[1]]), text)


def names_in(text: str) -> Iterator[str]:
    """Give every ``section/key`` that the text names."""
    for found in _NAME.finditer(text):
        yield found[1]
