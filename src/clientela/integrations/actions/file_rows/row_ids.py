"""The ids of the rows to be written, by the keys of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.references import SECTIONS
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
    packages: dict[str, UUID]
    clients: dict[str, UUID]
    series: dict[str, UUID]
    sessions: dict[str, UUID]
    appointments: list[UUID]
    sales: dict[str, UUID]
    grants: dict[str, UUID]
    payments: dict[str, UUID]
    invoices: dict[str, UUID]

    @classmethod
    def of(cls, document: BusinessFile) -> RowIds:
        """Choose the ids; new ones sort in the order of the file."""
        return cls(
            business=document.business.id or uuid7(),
            locations=_by_key(document.locations),
            occupiable={**_by_key(document.professionals), **_by_key(document.resources)},
            services=_by_key(document.services),
            packages=_by_key(document.packages),
            clients=_by_key(document.clients),
            series=_by_key(document.series),
            sessions=_by_key(document.sessions),
            appointments=[entry.id or uuid7() for entry in document.appointments],
            sales=_by_key(document.sales),
            grants={
                sale.key: sale.grant.id or uuid7()
                for sale in document.sales
                if sale.grant is not None
            },
            payments=_by_key(document.payments),
            invoices=_by_key(document.invoices),
        )

    def by_name(self, document: BusinessFile) -> dict[str, UUID]:
        """Return the id of everything that a text of the ledger may name, by ``section/key``."""
        found = {
            f"appointments/{entry.key}": pk
            for entry, pk in zip(document.appointments, self.appointments, strict=True)
            if entry.key
        }
        for section in SECTIONS - {"appointments"}:
            found |= {f"{section}/{key}": pk for key, pk in getattr(self, section).items()}
        return found

    def location(self, key: str | None) -> UUID:
        """Return the location of that key, or the only one."""
        return next(iter(self.locations.values())) if key is None else self.locations[key]


def _by_key(entries: Iterable[Keyed]) -> dict[str, UUID]:
    return {entry.key: entry.id or uuid7() for entry in entries}
