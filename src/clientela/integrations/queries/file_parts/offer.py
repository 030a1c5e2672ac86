"""Services and packages, as entries."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from clientela.catalogue.models import (
    NeedOption,
    Package,
    PackageService,
    Service,
    ServiceNeed,
    ServiceProfessional,
)
from clientela.integrations.business_file.offer import NeedEntry, PackageEntry, ServiceEntry
from clientela.integrations.queries.file_parts.keys import RowKeys

_OWN_WORDS = ServiceEntry.model_fields.keys() - {"key", "professionals", "needs"}
_PACKAGE_WORDS = PackageEntry.model_fields.keys() - {"key", "services"}


def service_entries(keys: RowKeys) -> list[ServiceEntry]:
    """Return the services in the owner's order; their professionals and options in that of the people."""
    order = list(keys.occupiable)
    place = {pk: number for number, pk in enumerate(order)}
    givers: dict[UUID, list[UUID]] = defaultdict(list)
    for service_id, professional_id in ServiceProfessional.objects.values_list(
        "service_id", "professional_id"
    ):
        givers[service_id].append(professional_id)
    needs = _needs(keys, place)
    return [
        ServiceEntry(
            key=keys.services[row["id"]],
            professionals=[
                keys.occupiable[pk] for pk in sorted(givers[row["id"]], key=place.__getitem__)
            ],
            needs=needs[row["id"]],
            **row,
        )
        for row in Service.objects.order_by("position", "id").values(*_OWN_WORDS)
    ]


def _needs(keys: RowKeys, place: dict[UUID, int]) -> dict[UUID, list[NeedEntry]]:
    options: dict[UUID, list[UUID]] = defaultdict(list)
    for need_id, resource_id in NeedOption.objects.values_list("need_id", "resource_id"):
        options[need_id].append(resource_id)
    needs: dict[UUID, list[NeedEntry]] = defaultdict(list)
    for pk, service_id, name in ServiceNeed.objects.order_by("position", "id").values_list(
        "id", "service_id", "name"
    ):
        choice = sorted(options[pk], key=place.__getitem__)
        needs[service_id].append(
            NeedEntry(name=name, any_of=[keys.occupiable[option] for option in choice])
        )
    return needs


def package_entries(keys: RowKeys) -> list[PackageEntry]:
    """Return the packages in the owner's order, their services in that of the services."""
    covered: dict[UUID, set[UUID]] = defaultdict(set)
    for package_id, service_id in PackageService.objects.values_list("package_id", "service_id"):
        covered[package_id].add(service_id)
    return [
        PackageEntry(
            key=keys.packages[row["id"]],
            services=[key for pk, key in keys.services.items() if pk in covered[row["id"]]],
            **row,
        )
        for row in Package.objects.order_by("position", "id").values(*_PACKAGE_WORDS)
    ]
