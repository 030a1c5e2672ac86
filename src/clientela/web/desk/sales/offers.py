"""What can be sold at the desk: every active package, and one session of every service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _, ngettext

from clientela.catalogue.models import Package, Service, ValidUnit
from clientela.catalogue.queries.sold_packages import covered, sold_packages
from clientela.checkout.offer import Offer
from clientela.web.desk.choices import services_for
from clientela.web.desk.staff import Desk

FEW = 5
"""So many tiles are seen at once; where there are more, the others are folded away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One thing to sell. ``key`` names it in the form; prices are minor units with the tax in them."""

    key: str
    name: str
    detail: str
    price_minor: int
    each_minor: int | None
    credits: int
    covers: frozenset[UUID]
    offer: Offer


def tiles_of(desk: Desk) -> list[Tile]:
    """Return all of it, packages first, in the owner's order; to a professional, what they give. Three queries."""
    services = services_for(desk)
    own = None if desk.sees_all else {one.pk for one in services}
    packages = sold_packages(business=desk.business)
    for one in (*services, *packages):
        one.business = desk.business
    tiles = [_package(one) for one in packages]
    kept = [one for one in tiles if one.covers and (own is None or one.covers & own)]
    return [*kept, *(_single(one) for one in services)]


def foremost(tiles: Sequence[Tile], *, wanted: Collection[UUID], chosen: str) -> list[Tile]:
    """Return the tiles that are seen first: what covers something that waits, and what was chosen.

    Where nothing waits, or everything fits, the first of all.
    """
    if len(tiles) <= FEW:
        return list(tiles)
    fitting = [one for one in tiles if one.key == chosen or one.covers & set(wanted)]
    return fitting[: FEW * 2] if fitting else list(tiles[:FEW])


def find(tiles: Iterable[Tile], key: str) -> Tile | None:
    """Return the tile of that key."""
    return next((one for one in tiles if one.key == key), None)


def _package(one: Package) -> Tile:
    services = covered(one)
    names = ", ".join(service.name for service in services)
    return Tile(
        key=f"package:{one.pk}",
        name=one.name,
        detail=" · ".join((names, validity_words(one.valid_count, one.valid_unit))),
        price_minor=one.price_minor,
        each_minor=one.price_minor // one.credits if one.credits > 1 else None,
        credits=one.credits,
        covers=frozenset(service.pk for service in services),
        offer=Offer.of_package(one),
    )


def _single(service: Service) -> Tile:
    return Tile(
        key=f"service:{service.pk}",
        name=_("One session: %(service)s") % {"service": service.name},
        detail=validity_words(service.single_valid_days, ValidUnit.DAY),
        price_minor=service.price_minor,
        each_minor=None,
        credits=1,
        covers=frozenset({service.pk}),
        offer=Offer.of_service(service),
    )


def validity_words(count: int | None, unit: str) -> str:
    """Say how long credits count."""
    if count is None:
        return _("valid without end")
    if unit == ValidUnit.MONTH:
        return ngettext(
            "valid %(count)s month from the application date",
            "valid %(count)s months from the application date",
            count,
        ) % {"count": count}
    return ngettext(
        "valid %(count)s day from the application date",
        "valid %(count)s days from the application date",
        count,
    ) % {"count": count}
