"""Find what a request names, inside the business of its address, or refuse by the field's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.business.models import Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from clientela.api.access import Caller
    from clientela.policy.door_request import DoorRequest


def find_service(service_id: UUID) -> Service:
    """The active service with this id that can be booked online."""
    row = Service.objects.filter(pk=service_id, is_active=True, is_online=True).first()
    if row is None:
        raise Refusal("unknown-service", field="service")
    return row


def find_location(request: DoorRequest, location_id: UUID | None) -> Location:
    """The location named, or the business's first one."""
    rows = Location.objects.filter(is_active=True)
    if location_id is not None:
        rows = rows.filter(pk=location_id)
    row = rows.first()
    if row is None:
        raise Refusal("unknown-location", field="location")
    return row


def find_professional(professional_id: UUID | None) -> Professional | None:
    """The professional named; none if none was named."""
    if professional_id is None:
        return None
    row = Professional.objects.filter(
        pk=professional_id, is_online=True, resource__is_active=True
    ).first()
    if row is None:
        raise Refusal("unknown-professional", field="professional")
    return row


def find_client(client_id: UUID | None, *, caller: Caller) -> Client | None:
    """The client's card named, for a program of the business only; none if none was named."""
    if client_id is None:
        return None
    if caller.token is None:
        raise Refusal("token-needed")
    row = living_cards().filter(pk=client_id).first()
    if row is None:
        raise Refusal("unknown-client", field="client_id")
    return row
