"""Who gives a service and what it needs; the actions of this room use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clientela.business.models import Professional, Resource
from clientela.catalogue.models import NeedOption, Service, ServiceNeed, ServiceProfessional

Needs = Sequence[tuple[str, Sequence[Resource]]]


def set_professionals(*, service: Service, professionals: Iterable[Professional]) -> None:
    """Make exactly these give the service; the caller's transaction."""
    wanted = {one.pk for one in professionals}
    standing = set(
        ServiceProfessional.objects.filter(service=service).values_list(
            "professional_id", flat=True
        )
    )
    ServiceProfessional.objects.filter(
        service=service, professional_id__in=standing - wanted
    ).delete()
    ServiceProfessional.objects.bulk_create(
        ServiceProfessional(
            business_id=service.business_id, service=service, professional_id=professional_id
        )
        for professional_id in sorted(wanted - standing)
    )


def set_needs(*, service: Service, needs: Needs) -> None:
    """Replace what the service needs: each need is met by any one of its resources, all at once."""
    ServiceNeed.objects.filter(service=service).delete()
    for position, (name, resources) in enumerate(needs):
        need = ServiceNeed.objects.create(
            business_id=service.business_id, service=service, name=name, position=position
        )
        NeedOption.objects.bulk_create(
            NeedOption(business_id=service.business_id, need=need, resource=resource)
            for resource in resources
        )
