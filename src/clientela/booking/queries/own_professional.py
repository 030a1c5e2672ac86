"""The one professional that a client may book, where the business has bound them to one."""

from __future__ import annotations

from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.catalogue.queries.offered_services import offered_services
from clientela.people.models import Client


def own_professional(*, client: Client | None) -> Professional | None:
    """Return the professional the client is bound to, or ``None`` where they may book anyone. One query at most."""
    if client is None or client.bound_to_id is None:
        return None
    return Professional.objects.select_related("resource").filter(pk=client.bound_to_id).first()


def professional_for_move(appointment: Appointment) -> Professional:
    """Return with whom a client's move takes place: the one they are bound to, else the same as before."""
    bound_to = appointment.client.bound_to_id
    if bound_to is None or bound_to == appointment.professional_id:
        return appointment.professional
    return own_professional(client=appointment.client) or appointment.professional


def services_for(*, business: Business, client: Client | None) -> list[Service]:
    """Return the services a client is shown: all that are offered, or those of the professional they are bound to."""
    offered = offered_services(business)
    if client is None or client.bound_to_id is None:
        return list(offered)
    given = set(
        Service.objects.filter(
            business=business, offers__professional_id=client.bound_to_id
        ).values_list("pk", flat=True)
    )
    return [service for service in offered if service.pk in given]
