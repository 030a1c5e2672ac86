"""What a sale was of, for sums by thing, and how things and professionals are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clientela.business.models import Professional
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import SaleKind


@dataclass(frozen=True, slots=True)
class Thing:
    """A package, one session of a service, the fees of a service; ``kind`` "" is money without a sale."""

    kind: str
    id: UUID | None = None

    @classmethod
    def of(cls, kind: str | None, package: UUID | None, service: UUID | None) -> Thing:
        """Return what a sale of that kind is of."""
        if not kind:
            return cls("")
        return cls(kind, package if kind == SaleKind.PACKAGE else service)


def thing_names(things: Iterable[Thing]) -> dict[Thing, str]:
    """Return what packages and services are called now. Two queries."""
    asked = list(things)
    packages = dict(
        Package.objects.filter(pk__in=_ids(asked, {SaleKind.PACKAGE})).values_list("pk", "name")
    )
    services = dict(
        Service.objects.filter(pk__in=_ids(asked, {SaleKind.SINGLE, SaleKind.FEE})).values_list(
            "pk", "name"
        )
    )
    names = packages | services
    return {one: names[one.id] for one in asked if one.id in names}


def professional_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return what these professionals are called. One query."""
    asked = [one for one in ids if one is not None]
    people = Professional.objects.filter(pk__in=asked).values_list("pk", "resource__name")
    return dict(people)


def _ids(things: Iterable[Thing], kinds: set[str]) -> list[UUID]:
    return [one.id for one in things if one.kind in kinds and one.id is not None]
