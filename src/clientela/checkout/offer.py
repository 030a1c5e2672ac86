"""What is about to be sold: the facts of a package, of one session, or of a fee, as they stand at this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from clientela.ledger.models import SaleKind
from clientela.rules.validity import last_day

if TYPE_CHECKING:
    from clientela.catalogue.models import Package, Service


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to sell. The price is in minor units of ``currency`` with ``tax_basis_points`` of tax in it.

    ``credits`` of ``services`` count for ``valid_count`` days or months (``valid_unit``); none: for ever. A
    sale keeps all this as it was agreed: what the owner changes afterwards changes the next sale.
    """

    kind: SaleKind
    name: str
    credits: int
    services: tuple[UUID, ...]
    price_minor: int
    tax_basis_points: int
    currency: str
    valid_count: int | None = None
    valid_unit: str = "day"
    package: Package | None = None
    service: Service | None = None

    @classmethod
    def of_package(cls, package: Package) -> Offer:
        """Return the offer of a package. Its services are read here, at most once (``sold_packages`` has them)."""
        return cls(
            kind=SaleKind.PACKAGE,
            name=package.name,
            credits=package.credits,
            services=tuple(sorted(row.service_id for row in package.covers.all())),
            price_minor=package.price_minor,
            tax_basis_points=package.tax_basis_points,
            currency=package.business.currency,
            valid_count=package.valid_count,
            valid_unit=package.valid_unit,
            package=package,
        )

    @classmethod
    def of_service(cls, service: Service) -> Offer:
        """Return the offer of one session of a service, at the price of the service."""
        return cls(
            kind=SaleKind.SINGLE,
            name=service.name,
            credits=1,
            services=(service.pk,),
            price_minor=service.price_minor,
            tax_basis_points=service.tax_basis_points,
            currency=service.business.currency,
            valid_count=service.single_valid_days,
            service=service,
        )

    @classmethod
    def fee(
        cls,
        *,
        name: str,
        price_minor: int,
        currency: str,
        tax_basis_points: int = 0,
        service: Service | None = None,
    ) -> Offer:
        """Return the offer of something that grants no credit, such as the fee for not coming."""
        return cls(
            kind=SaleKind.FEE,
            name=name,
            credits=0,
            services=(),
            price_minor=price_minor,
            tax_basis_points=tax_basis_points,
            currency=currency,
            service=service,
        )

    def at_price(self, price_minor: int) -> Offer:
        """Return the same at another price."""
        return replace(self, price_minor=price_minor)

    def valid_until(self, applies_on: date) -> date | None:
        """Return the last day on which its credits count; ``None``: for ever."""
        return last_day(applies_on=applies_on, count=self.valid_count, unit=self.valid_unit)

    def facts(self) -> dict[str, object]:
        """Return what was agreed as plain values, so that two readings can be compared."""
        return {
            "kind": str(self.kind),
            "of": str(self.package.pk if self.package else self.service.pk if self.service else ""),
            "name": self.name,
            "credits": self.credits,
            "services": [str(one) for one in self.services],
            "price_minor": self.price_minor,
            "tax_basis_points": self.tax_basis_points,
            "currency": self.currency,
            "valid": [self.valid_count, self.valid_unit],
        }
