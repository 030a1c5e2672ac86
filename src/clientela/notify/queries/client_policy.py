"""What a business has set about the messages of its clients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clientela.business.models import BookingPolicy, ClientLogin, NotificationGate
from clientela.rules.zone_choice import ZoneMode


@dataclass(frozen=True, slots=True)
class ClientPolicy:
    """The settings that a message to a client depends on."""

    zone_mode: ZoneMode = ZoneMode.CLIENT_CHOOSES
    gate: NotificationGate = NotificationGate.OWN_BOOKING
    client_login: ClientLogin = ClientLogin.OPTIONAL


def client_policy(business_id: UUID) -> ClientPolicy:
    """Return what the business has set, or what is usual; one query."""
    return client_policies([business_id]).get(business_id, ClientPolicy())


def client_policies(businesses: Iterable[UUID]) -> dict[UUID, ClientPolicy]:
    """Return what each of the businesses has set; one query. Who has set nothing is not in it."""
    rows = BookingPolicy.objects.filter(business_id__in=set(businesses)).values_list(
        "business_id", "zone_mode", "notification_gate", "client_login"
    )
    return {
        business: ClientPolicy(ZoneMode(zone_mode), NotificationGate(gate), ClientLogin(login))
        for business, zone_mode, gate, login in rows
    }
