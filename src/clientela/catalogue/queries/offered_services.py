"""What a business offers."""

from __future__ import annotations

from clientela.business.models import Business
from clientela.catalogue.models import Service


def offered_services(business: Business, *, for_staff: bool = False) -> list[Service]:
    """Return the services that can be booked, in the owner's order.

    Clients see those that are bookable online and that somebody active gives; staff see all
    that are not archived.
    """
    services = Service.objects.filter(business=business, is_active=True)
    if not for_staff:
        services = services.filter(
            is_online=True,
            offers__professional__is_online=True,
            offers__professional__resource__is_active=True,
        ).distinct()
    return list(services.order_by("position", "id"))
