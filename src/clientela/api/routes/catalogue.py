"""What a business publishes: itself, its services, its professionals. No token, no personal data."""

from __future__ import annotations

from typing import Any

from ninja import Router

from clientela.api.queries.published import published_professionals, published_services
from clientela.api.routes.answers import ANYONE, refusals
from clientela.api.schemas import BusinessOut, ProfessionalOut, ServiceOut
from clientela.business.models import BookingPolicy, Location
from clientela.policy.door_request import DoorRequest

router = Router(tags=["Public"])


@router.get(
    "/businesses/{business}",
    response={200: BusinessOut, **refusals()},
    summary="Read a business",
    operation_id="read_business",
    openapi_extra=ANYONE,
    url_name="business",
)
def read_business(request: DoorRequest, business: str) -> dict[str, Any]:
    """Read what a business says of itself, its places and how it takes bookings."""
    row = request.business
    policy = BookingPolicy.objects.get(business=row)
    return {
        "slug": row.slug,
        "name": row.name,
        "tagline": row.tagline,
        "language": row.language,
        "currency": row.currency,
        "zone_mode": policy.zone_mode,
        "client_login": policy.client_login,
        "phone_field": policy.phone_field,
        "online_booking": policy.online_booking and row.is_open,
        "locations": [
            {"id": place.pk, "name": place.name, "zone": place.zone, "address": place.address}
            for place in Location.objects.filter(is_active=True)
        ],
    }


@router.get(
    "/businesses/{business}/services",
    response={200: list[ServiceOut], **refusals()},
    summary="List the services",
    operation_id="list_services",
    openapi_extra=ANYONE,
    url_name="services",
)
def read_services(request: DoorRequest, business: str) -> list[dict[str, Any]]:
    """List the services that can be booked online, in the owner's order."""
    return published_services(business=request.business)


@router.get(
    "/businesses/{business}/professionals",
    response={200: list[ProfessionalOut], **refusals()},
    summary="List the professionals",
    operation_id="list_professionals",
    openapi_extra=ANYONE,
    url_name="professionals",
)
def read_professionals(request: DoorRequest, business: str) -> list[dict[str, Any]]:
    """List the professionals who can be booked online."""
    return published_professionals(business=request.business)
