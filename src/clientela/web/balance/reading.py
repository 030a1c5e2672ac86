"""In which zone a client's money pages read times."""

from __future__ import annotations

from clientela.business.models import BookingPolicy, Location
from clientela.people.models import Client
from clientela.policy.door_request import DoorRequest
from clientela.web.visitor import device_zone, reading


def zone_of(request: DoorRequest, card: Client) -> str:
    """The card's zone, the person's own, the device's or the first location's, as the business lets them choose."""
    locations = Location.objects.filter(business=card.business_id)
    first = locations.order_by("-is_active", "position", "id").first()
    policy = BookingPolicy.objects.filter(business=card.business_id).first() or BookingPolicy()
    return reading(
        policy=policy,
        location_zone=first.zone if first else "UTC",
        profile=card.zone or request.user.zone,
        device=device_zone(request),
    ).zone
