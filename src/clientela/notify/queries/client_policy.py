"""What a business has set about the messages of its clients."""

from __future__ import annotations

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
    found = (
        BookingPolicy.objects.filter(business_id=business_id)
        .values_list("zone_mode", "notification_gate", "client_login")
        .first()
    )
    if found is None:
        return ClientPolicy()
    zone_mode, gate, client_login = found
    return ClientPolicy(ZoneMode(zone_mode), NotificationGate(gate), ClientLogin(client_login))
