"""Finding the parts of a document by their keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clientela.integrations.business_file.fields import parse_wall
from clientela.integrations.business_file.references import SECTIONS
from clientela.rules.clock_time import to_exact

if TYPE_CHECKING:
    from clientela.integrations.business_file.bookings import (
        AppointmentEntry,
        SeriesEntry,
        SessionEntry,
        TakenTime,
    )
    from clientela.integrations.business_file.document import BusinessFile
    from clientela.integrations.business_file.money import InvoiceEntry, PaymentEntry, SaleEntry
    from clientela.integrations.business_file.offer import PackageEntry, ServiceEntry
    from clientela.integrations.business_file.people import ClientEntry
    from clientela.integrations.business_file.premises import (
        LocationEntry,
        ProfessionalEntry,
        ResourceEntry,
    )


@dataclass(frozen=True, slots=True)
class Lasting:
    """The exact stretch of a session or appointment, and the stretch it occupies, buffers included."""

    starts_at: datetime
    ends_at: datetime
    taken_from: datetime
    taken_until: datetime


@dataclass(slots=True)
class Index:
    """The parts of a document by key; a key that stands twice finds its last bearer."""

    locations: dict[str, LocationEntry] = field(default_factory=dict)
    professionals: dict[str, ProfessionalEntry] = field(default_factory=dict)
    resources: dict[str, ResourceEntry] = field(default_factory=dict)
    services: dict[str, ServiceEntry] = field(default_factory=dict)
    packages: dict[str, PackageEntry] = field(default_factory=dict)
    clients: dict[str, ClientEntry] = field(default_factory=dict)
    series: dict[str, SeriesEntry] = field(default_factory=dict)
    sessions: dict[str, SessionEntry] = field(default_factory=dict)
    appointments: dict[str, AppointmentEntry] = field(default_factory=dict)
    sales: dict[str, SaleEntry] = field(default_factory=dict)
    payments: dict[str, PaymentEntry] = field(default_factory=dict)
    invoices: dict[str, InvoiceEntry] = field(default_factory=dict)
    only_location: LocationEntry | None = None

    @classmethod
    def of(cls, document: BusinessFile) -> Index:
        """Return the index of a document."""
        return cls(
            locations={entry.key: entry for entry in document.locations},
            professionals={entry.key: entry for entry in document.professionals},
            resources={entry.key: entry for entry in document.resources},
            services={entry.key: entry for entry in document.services},
            packages={entry.key: entry for entry in document.packages},
            clients={entry.key: entry for entry in document.clients},
            series={entry.key: entry for entry in document.series},
            sessions={entry.key: entry for entry in document.sessions},
            appointments={entry.key: entry for entry in document.appointments if entry.key},
            sales={entry.key: entry for entry in document.sales},
            payments={entry.key: entry for entry in document.payments},
            invoices={entry.key: entry for entry in document.invoices},
            only_location=document.locations[0] if len(document.locations) == 1 else None,
        )

    def location(self, key: str | None) -> LocationEntry | None:
        """Return the location of that key; without a key, the only one. ``None`` if there is none."""
        return self.only_location if key is None else self.locations.get(key)

    def names(self, name: str) -> bool:
        """Say whether a ``section/key`` of a ledger's text leads somewhere."""
        section, _, key = name.partition("/")
        if section == "grants":
            return key in self.sales and self.sales[key].grant is not None
        return section in SECTIONS and key in getattr(self, section)

    def occupies(self, key: str) -> bool:
        """Say whether the key is of someone or something that can be occupied."""
        return key in self.professionals or key in self.resources


def exact(text: str, *, zone: str) -> datetime:
    """Return the instant of a wall-clock time of the file; ``NoSuchTime`` if the clocks jump over it."""
    on, minute, again = parse_wall(text)
    return to_exact(
        on=on,
        minute=minute,
        zone_name=zone,
        gap="refuse",
        overlap="second" if again else "first",
    )


def lasting(entry: TakenTime, *, service: ServiceEntry, starts_at: datetime) -> Lasting:
    """Return how long it takes: the entry's own minutes before the service's."""
    minutes = _given(entry.duration_minutes, service.duration_minutes)
    before = _given(entry.buffer_before_minutes, service.buffer_before_minutes)
    after = _given(entry.buffer_after_minutes, service.buffer_after_minutes)
    ends_at = starts_at + timedelta(minutes=minutes)
    return Lasting(
        starts_at=starts_at,
        ends_at=ends_at,
        taken_from=starts_at - timedelta(minutes=before),
        taken_until=ends_at + timedelta(minutes=after),
    )


def _given(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
