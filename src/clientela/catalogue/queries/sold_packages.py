"""What packages a business sells, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from clientela.catalogue.models import Package, PackageService, SoldOnline

if TYPE_CHECKING:
    from clientela.business.models import Business
    from clientela.catalogue.models import Service


def sold_packages(*, business: Business, service: Service | None = None) -> list[Package]:
    """Return what the desk sells, in the owner's order; with ``service`` only what covers it. Two queries.

    ``covered(package)`` of each asks the database nothing more.
    """
    return list(_packages(business=business, service=service))


def packages_online(
    *, business: Business, is_client: bool, service: Service | None = None
) -> list[Package]:
    """Return what a person may buy alone: ``is_client`` says whether they have a card here. Two queries."""
    open_to = [SoldOnline.ANYONE, *([SoldOnline.CLIENTS] if is_client else [])]
    return list(_packages(business=business, service=service).filter(sold_online__in=open_to))


def covered(package: Package) -> list[Service]:
    """Return the services that a package covers, in the owner's order."""
    services = (row.service for row in package.covers.all())
    return sorted(services, key=lambda one: (one.position, one.pk))


def with_covered(packages: QuerySet[Package]) -> QuerySet[Package]:
    """Let ``covered`` be asked of each without another query."""
    covers = PackageService.objects.select_related("service")
    return packages.prefetch_related(Prefetch("covers", queryset=covers))


def may_buy_alone(*, package: Package, is_client: bool) -> bool:
    """Say whether a person who is a client here, or not yet, may buy this without the desk."""
    if not package.is_active:
        return False
    return package.sold_online == SoldOnline.ANYONE or (
        is_client and package.sold_online == SoldOnline.CLIENTS
    )


def _packages(*, business: Business, service: Service | None) -> QuerySet[Package]:
    packages = Package.objects.filter(business=business, is_active=True)
    if service is not None:
        packages = packages.filter(covers__service=service)
    return with_covered(packages.order_by("position", "id"))
