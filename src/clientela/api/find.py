"""Find what a request names, inside the business of its address, or refuse by the field's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.booking.models import Appointment
from clientela.business.models import Location, Professional
from clientela.catalogue.models import Package, Service
from clientela.checkout.offer import Offer
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.people.queries.living_cards import living_cards
from clientela.people.queries.resolve import resolve
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


def find_client(
    client_id: UUID | None, *, caller: Caller, field: str = "client_id"
) -> Client | None:
    """The client's card named, for a program of the business only; none if none was named."""
    if client_id is None:
        return None
    if caller.token is None:
        raise Refusal("token-needed")
    row = living_cards().filter(pk=resolve(client_id)).first()
    if row is None:
        raise Refusal("unknown-client", field=field)
    return row


def client_of_path(client_id: UUID) -> Client:
    """The living card that an address names; an id that was taken up by another leads to that one."""
    row = living_cards().filter(pk=resolve(client_id)).first()
    if row is None:
        raise Refusal("not-found")
    return row


def sale_of_path(sale_id: UUID) -> Sale:
    """The sale that an address names, with what it is of."""
    row = Sale.objects.filter(pk=sale_id).select_related("client", "package", "service").first()
    if row is None:
        raise Refusal("not-found")
    return row


def find_offer(*, package_id: UUID | None, service_id: UUID | None) -> Offer:
    """What is to be sold: either a package or one session of a service, at the business's own price."""
    if (package_id is None) == (service_id is None):
        raise Refusal("one-of-two", field="package")
    if package_id is not None:
        package = Package.objects.filter(pk=package_id, is_active=True).first()
        if package is None:
            raise Refusal("unknown-package", field="package")
        return Offer.of_package(package)
    assert service_id is not None  # noqa: S101 -- one of the two
    service = Service.objects.filter(pk=service_id, is_active=True).first()
    if service is None:
        raise Refusal("unknown-service", field="service")
    return Offer.of_service(service)


def find_appointment(appointment_id: UUID | None, *, client: Client) -> Appointment | None:
    """The client's appointment that a sale is for; none if none was named."""
    if appointment_id is None:
        return None
    row = Appointment.objects.filter(pk=appointment_id, client=client).first()
    if row is None:
        raise Refusal("appointment-unsuitable", field="appointment")
    return row


def find_seller(professional_id: UUID | None) -> Professional | None:
    """The professional whose sale it is, also one who cannot be booked online; none if none was named."""
    if professional_id is None:
        return None
    row = Professional.objects.filter(pk=professional_id).first()
    if row is None:
        raise Refusal("unknown-professional", field="professional")
    return row
