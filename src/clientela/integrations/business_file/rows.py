"""Every row of a document that has an id, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import Entry

_SECTIONS = (
    "locations", "professionals", "resources", "services", "packages", "clients", "households", "merges",
    "conversations", "series", "sessions", "appointments", "waiting", "sales", "payments", "invoices",
)  # fmt: skip
_INSIDE = {
    "clients": {"contacts": "contacts", "consents": "consents"},
    "households": {"members": "members"},
    "sales": {"grant": "grants"},
}
"""Sections whose entries hold rows with ids of their own: in which word, and what they are called."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry that says its id, what it is, and its place."""

    id: UUID
    kind: str
    place: tuple[str | int, ...]


def rows_with_ids(document: BusinessFile) -> Iterator[Standing]:
    """Give every entry that says its id, in the order of the file."""
    for section in _SECTIONS:
        for number, entry in enumerate(getattr(document, section)):
            place = (section, number)
            yield from _own(entry, section, place)
            for word, kind in _INSIDE.get(section, {}).items():
                found = getattr(entry, word)
                if isinstance(found, list):
                    for step, inner in enumerate(found):
                        yield from _own(inner, kind, (*place, word, step))
                elif found is not None:
                    yield from _own(found, kind, (*place, word))


def _own(entry: Entry, kind: str, place: tuple[str | int, ...]) -> Iterator[Standing]:
    key: UUID | None = getattr(entry, "id", None)
    if key is not None:
        yield Standing(key, kind, place)
