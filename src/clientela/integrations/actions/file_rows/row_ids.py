"""The ids of the rows to be written, by the keys of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.platform.ids import uuid7


class Keyed(Protocol):
    """A part of the file that others refer to."""

    @property
    def key(self) -> str:
        """Its name in the file."""

    @property
    def id(self) -> UUID | None:
        """Its id, where the file says one."""


@dataclass(frozen=True, slots=True)
class RowIds:
    """An id for each part of a document: the file's own, or a new one where it says none."""

    business: UUID
    locations: dict[str, UUID]
    occupiable: dict[str, UUID]
    services: dict[str, UUID]
    clients: dict[str, UUID]
    series: dict[str, UUID]
    sessions: dict[str, UUID]
    appointments: list[UUID]

    @classmethod
    def of(cls, document: BusinessFile) -> RowIds:
        """Choose the ids; new ones sort in the order of the file."""
        return cls(
            business=document.business.id or uuid7(),
            locations=_by_key(document.locations),
            occupiable={**_by_key(document.professionals), **_by_key(document.resources)},
            services=_by_key(document.services),
            clients=_by_key(document.clients),
            series=_by_key(document.series),
            sessions=_by_key(document.sessions),
            appointments=[entry.id or uuid7() for entry in document.appointments],
        )

    def location(self, key: str | None) -> UUID:
        """Return the location of that key, or the only one."""
        return next(iter(self.locations.values())) if key is None else self.locations[key]


def _by_key(entries: Iterable[Keyed]) -> dict[str, UUID]:
    return {entry.key: entry.id or uuid7() for entry in entries}
