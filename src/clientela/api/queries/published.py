"""What the API publishes of a business."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from clientela.business.models import Professional
from clientela.catalogue.models import Service, ServiceProfessional

if TYPE_CHECKING:
    from uuid import UUID

    from clientela.business.models import Business


def _offers() -> list[tuple[UUID, UUID]]:
    return list(
        ServiceProfessional.objects.filter(
            service__is_online=True,
            service__is_active=True,
            professional__is_online=True,
            professional__resource__is_active=True,
        )
        .order_by("professional__resource__position", "professional_id")
        .values_list("service_id", "professional_id")
    )


def published_services(*, business: Business) -> list[dict[str, Any]]:
    """Services bookable online, each with the professionals who give it; two queries."""
    givers: dict[UUID, list[UUID]] = defaultdict(list)
    for service_id, professional_id in _offers():
        givers[service_id].append(professional_id)
    return [
        {
            "id": service.pk,
            "name": service.name,
            "description": service.description,
            "duration_minutes": service.duration_minutes,
            "price_minor": service.price_minor,
            "currency": business.currency,
            "capacity": service.capacity,
            "needs_approval": service.needs_approval,
            "remote": service.is_remote,
            "needs_credits": service.needs_credits,
            "pays_online": service.pays_online,
            "deposit_minor": service.deposit_minor,
            "no_show_fee_minor": service.no_show_fee_minor,
            "professionals": givers[service.pk],
        }
        for service in Service.objects.filter(is_online=True, is_active=True)
    ]


def published_professionals(*, business: Business) -> list[dict[str, Any]]:
    """Professionals bookable online, each with their services; two queries."""
    given: dict[UUID, list[UUID]] = defaultdict(list)
    for service_id, professional_id in _offers():
        given[professional_id].append(service_id)
    rows = Professional.objects.filter(
        business=business, is_online=True, resource__is_active=True
    ).select_related("resource")
    return [
        {"id": row.pk, "name": row.name, "title": row.title, "services": given[row.pk]}
        for row in rows
    ]
