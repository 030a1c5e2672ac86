"""Who is to be told about an appointment, at which address, in which language and zone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy, Professional
from clientela.notify.models import Recipient
from clientela.people.models import Identifier, IdentifierKind
from clientela.rules.zone_choice import ZoneMode, zone_for_client


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is told. ``address`` is blank for someone who left none."""

    recipient: Recipient
    id: UUID
    address: str
    language: str
    zone: str


def addressees(appointment: Appointment, *, previous_professional_id: str = "") -> list[Addressee]:
    """The client, the professional and the desk, in this order.

    The appointment comes with its business, client and professional. A professional who had it
    before, if that was another, is told too. Staff read the location's zone; the client reads
    the one that ``rules/zone_choice.py`` gives (S4.27).
    """
    business = appointment.business
    client = Addressee(
        recipient=Recipient.CLIENT,
        id=appointment.client_id,
        address=client_address(appointment),
        language=appointment.language or appointment.client.language or business.language,
        zone=client_zone(appointment),
    )
    desk = Addressee(
        recipient=Recipient.DESK,
        id=business.pk,
        address=business.email,
        language=business.language,
        zone=appointment.promised_zone,
    )
    givers = [appointment.professional]
    if previous_professional_id and previous_professional_id != str(appointment.professional_id):
        givers += Professional.objects.select_related("account").filter(
            pk=UUID(previous_professional_id)
        )
    return [client, *(_professional(giver, appointment) for giver in givers), desk]


def _professional(professional: Professional, appointment: Appointment) -> Addressee:
    account = professional.account
    return Addressee(
        recipient=Recipient.PROFESSIONAL,
        id=professional.pk,
        address=professional.email or (account.email if account else ""),
        language=(account.language if account else "") or appointment.business.language,
        zone=appointment.promised_zone,
    )


def client_address(appointment: Appointment) -> str:
    """Return the e-mail the client is told at; blank if there is none.

    The address the booking was made with, while it still stands on the card and takes messages;
    else the card's first that does.
    """
    addresses = list(
        Identifier.objects.filter(
            client_id=appointment.client_id, kind=IdentifierKind.EMAIL, for_notifications=True
        )
        .order_by("created_at", "id")
        .values_list("value", flat=True)
    )
    if appointment.address_used in addresses:
        return appointment.address_used
    return addresses[0] if addresses else ""


def client_zone(appointment: Appointment) -> str:
    """Return the zone in which the client is told times."""
    mode = (
        BookingPolicy.objects.filter(business_id=appointment.business_id)
        .values_list("zone_mode", flat=True)
        .first()
    )
    return zone_for_client(
        mode=ZoneMode(mode or ZoneMode.CLIENT_CHOOSES),
        location_zone=appointment.promised_zone,
        booking_zone=appointment.zone,
        profile_zone=appointment.client.zone,
    )
