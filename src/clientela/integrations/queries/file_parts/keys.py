"""The short names by which the parts of an exported file refer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import Appointment, Attribution, Series, Session
from clientela.business.models import Location, Resource, ResourceKind
from clientela.catalogue.models import Package, Service
from clientela.integrations.business_file.references import SECTIONS, ids_in
from clientela.ledger.models import Grant, Invoice, Movement, Payment, Redemption, Sale
from clientela.payouts.models import Adjustment, StatementLine
from clientela.people.models import Client
from clientela.rules.attribution import MarkerReason
from clientela.rules.name_match import search_text

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class RowKeys:
    """A key for each row, in the order in which the file lists the rows.

    A key is made of the row's name and, where names are shared, a number in that order: the same
    rows always get the same keys.
    """

    locations: dict[UUID, str]
    occupiable: dict[UUID, str]
    services: dict[UUID, str]
    packages: dict[UUID, str]
    clients: dict[UUID, str]
    series: dict[UUID, str]
    sessions: dict[UUID, str]
    appointments: dict[UUID, str]
    sales: dict[UUID, str]
    grants: dict[UUID, str]
    payments: dict[UUID, str]
    invoices: dict[UUID, str]

    @classmethod
    def of_business(cls) -> RowKeys:
        """Read the names of the business in scope."""
        services = _keys(
            "service", Service.objects.order_by("position", "id").values_list("id", "name")
        )
        clients = _keys(
            "client",
            Client.objects.order_by("created_at", "id").values_list("id", "record_name"),
        )
        series = Series.objects.order_by("created_at", "id").values_list("id", "client_id")
        sessions = Session.objects.order_by("starts_at", "id").values_list(
            "id", "service_id", "promised_local"
        )
        sales = _keys(
            "sale",
            [
                (pk, clients[client])
                for pk, client in Sale.objects.order_by("sold_at", "id").values_list(
                    "id", "client_id"
                )
            ],
        )
        return cls(
            locations=_keys(
                "location", Location.objects.order_by("position", "id").values_list("id", "name")
            ),
            occupiable=_keys("resource", _occupiable()),
            services=services,
            packages=_keys(
                "package", Package.objects.order_by("position", "id").values_list("id", "name")
            ),
            clients=clients,
            series=_keys("series", [(pk, clients[client]) for pk, client in series]),
            sessions=_keys(
                "session",
                [(pk, f"{services[service]} {local}") for pk, service, local in sessions],
            ),
            appointments=_referred(clients),
            sales=sales,
            grants={pk: sales[sale] for pk, sale in Grant.objects.values_list("id", "sale_id")},
            payments=_payments(sales),
            invoices=_keys(
                "invoice",
                [
                    (pk, f"{series} {number}")
                    for pk, series, number in Invoice.objects.order_by(
                        "issued_at", "id"
                    ).values_list("id", "series", "number")
                ],
            ),
        )

    def names(self) -> dict[UUID, str]:
        """Return ``section/key`` for everything that a text of the ledger may name."""
        return {
            pk: f"{section}/{key}"
            for section in SECTIONS
            for pk, key in getattr(self, section).items()
        }

    def only_location(self) -> bool:
        """Say whether the location need not be named."""
        return len(self.locations) == 1

    def location(self, location_id: UUID | None) -> str | None:
        """Return the key of a location as entries say it: left out where there is only one."""
        if location_id is None or self.only_location():
            return None
        return self.locations[location_id]


def _occupiable() -> list[tuple[UUID, str]]:
    """Professionals before rooms and equipment, each in the owner's order."""
    rows = Resource.objects.order_by("position", "id").values_list("id", "name", "kind")
    return [
        (pk, name)
        for professionals in (True, False)
        for pk, name, kind in rows
        if (kind == ResourceKind.PROFESSIONAL) == professionals
    ]


def _referred(clients: dict[UUID, str]) -> dict[UUID, str]:
    """Only those appointments have a key that the ledger, a statement or a person's correction is about."""
    told = {
        found
        for model in (Sale, Redemption, Movement)
        for cause in model._default_manager.exclude(cause="").values_list("cause", flat=True)
        for found in ids_in(cause)
    }
    for settled in (StatementLine, Adjustment):
        told |= set(settled.objects.values_list("appointment_id", flat=True))
    set_by_hand = Attribution.objects.filter(reason=MarkerReason.RECLASSIFIED)
    told |= set(set_by_hand.values_list("appointment_id", flat=True))
    rows = Appointment.objects.order_by("starts_at", "id").values_list(
        "id", "client_id", "promised_local"
    )
    return _keys(
        "appointment",
        [(pk, f"{clients[client]} {local}") for pk, client, local in rows if pk in told],
    )


def _payments(sales: dict[UUID, str]) -> dict[UUID, str]:
    rows = Payment.objects.order_by("recorded_at", "id").values_list("id", "sale_id")
    return _keys("payment", [(pk, sales.get(sale, "unapplied")) for pk, sale in rows])


def _keys(kind: str, rows: Iterable[tuple[UUID, str]]) -> dict[UUID, str]:
    """Give each row a key of its name; the second "Ana" is ``ana-2``."""
    keys: dict[UUID, str] = {}
    taken: set[str] = set()
    times: dict[str, int] = {}
    for pk, name in rows:
        stem = "-".join(re.findall(r"[a-z0-9]+", search_text(name)))[:_LONGEST].strip("-") or kind
        number = times.get(stem, 0) + 1
        while (key := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        times[stem] = number
        taken.add(key)
        keys[pk] = key
    return keys
