"""The services, who gives them and what they need; the packages and what they cover."""

from __future__ import annotations

from clientela.catalogue.models import (
    NeedOption,
    Package,
    PackageService,
    Service,
    ServiceNeed,
    ServiceProfessional,
)
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile


def insert_offer(document: BusinessFile, *, ids: RowIds) -> None:
    """Insert the services and packages in the order of the file."""
    Service.objects.bulk_create(
        Service(
            id=ids.services[entry.key],
            business_id=ids.business,
            position=position,
            **entry.model_dump(exclude={"key", "id", "professionals", "needs"}),
        )
        for position, entry in enumerate(document.services)
    )
    ServiceProfessional.objects.bulk_create(
        ServiceProfessional(
            business_id=ids.business,
            service_id=ids.services[entry.key],
            professional_id=ids.occupiable[key],
        )
        for entry in document.services
        for key in entry.professionals
    )
    _insert_needs(document, ids)
    _insert_packages(document, ids)


def _insert_needs(document: BusinessFile, ids: RowIds) -> None:
    options = []
    needs = []
    for entry in document.services:
        for position, said in enumerate(entry.needs):
            need = ServiceNeed(
                business_id=ids.business,
                service_id=ids.services[entry.key],
                name=said.name,
                position=position,
            )
            needs.append(need)
            options += [
                NeedOption(business_id=ids.business, need=need, resource_id=ids.occupiable[key])
                for key in said.any_of
            ]
    ServiceNeed.objects.bulk_create(needs)
    NeedOption.objects.bulk_create(options)


def _insert_packages(document: BusinessFile, ids: RowIds) -> None:
    Package.objects.bulk_create(
        Package(
            id=ids.packages[entry.key],
            business_id=ids.business,
            position=position,
            **entry.model_dump(exclude={"key", "id", "services"}),
        )
        for position, entry in enumerate(document.packages)
    )
    PackageService.objects.bulk_create(
        PackageService(
            business_id=ids.business,
            package_id=ids.packages[entry.key],
            service_id=ids.services[key],
        )
        for entry in document.packages
        for key in entry.services
    )
