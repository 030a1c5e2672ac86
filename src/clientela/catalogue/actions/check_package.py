"""What a package's values must satisfy before the database is asked; the actions of this room use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from clientela.catalogue.actions.check_value import kept_value, refuse_beyond
from clientela.catalogue.errors import NameMissing, PackageOfNothing, ValueRefused
from clientela.catalogue.models import Package, PackageService, Service
from clientela.rules.money import LARGEST_PRICE

OPEN_FIELDS: Final = frozenset(
    {
        "name",
        "description",
        "credits",
        "price_minor",
        "tax_basis_points",
        "valid_count",
        "valid_unit",
        "sold_online",
        "is_active",
        "position",
    }
)
_BOUNDS: Final = {
    "credits": (1, 1000),
    "price_minor": (0, LARGEST_PRICE),
    "tax_basis_points": (0, 10_000),
    "valid_count": (1, 3660),
}


def checked_package(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given values of a package as they are kept.

    Refuses ``NameMissing`` and ``ValueRefused``, each with its field; a field that does not exist is a
    programming error. ``valid_count`` none means: for ever.
    """
    unknown = set(fields) - OPEN_FIELDS
    if unknown:
        message = f"a package has no field {sorted(unknown)}"
        raise TypeError(message)
    kept = {
        name: kept_value(model=Package, name=name, value=value) for name, value in fields.items()
    }
    if kept.get("name") == "":
        raise NameMissing(field="name")
    for name, (least, most) in _BOUNDS.items():
        refuse_beyond(field=name, value=kept.get(name), least=least, most=most)
    return kept


def set_covered(*, package: Package, services: Iterable[Service]) -> None:
    """Make the package cover exactly these; the caller's transaction.

    Refuses ``PackageOfNothing`` without any, ``ValueRefused`` a service of another business. Credits that
    were sold keep covering what they covered on the day of sale.
    """
    wanted = {one.pk: one for one in services}
    if not wanted:
        raise PackageOfNothing(field="services")
    if any(one.business_id != package.business_id for one in wanted.values()):
        raise ValueRefused(field="services")
    standing = set(
        PackageService.objects.filter(package=package).values_list("service_id", flat=True)
    )
    PackageService.objects.filter(package=package, service_id__in=standing - wanted.keys()).delete()
    PackageService.objects.bulk_create(
        PackageService(business_id=package.business_id, package=package, service_id=service_id)
        for service_id in sorted(wanted.keys() - standing)
    )
