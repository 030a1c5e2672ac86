"""Who is to be told about an appointment, at which address, in which language and zone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.business.models import Professional
from clientela.notify.gate import Standing
from clientela.notify.models import Recipient
from clientela.notify.queries.client_policy import ClientPolicy, client_policy
from clientela.notify.queries.standing import contact_of, standing_of
from clientela.rules.zone_choice import zone_for_client


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is told. ``address`` is blank for someone who left none.

    ``standing`` is how a client stands to the gate; staff do not pass it.
    """

    recipient: Recipient
    id: UUID
    address: str
    language: str
    zone: str
    standing: Standing | None = None


def addressees(appointment: Appointment, *, previous_professional_id: str = "") -> list[Addressee]:
    """The client, the professional and the desk, in this order.

    The appointment comes with its business, client and professional. A professional who had it
    before, if that was another, is told too. Staff read the location's zone; the client reads
    the one that ``rules/zone_choice.py`` gives (S4.27).
    """
    business = appointment.business
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
    return [_client(appointment), *(_professional(giver, appointment) for giver in givers), desk]


def _client(appointment: Appointment) -> Addressee:
    contact = contact_of(appointment)
    policy = client_policy(appointment.business_id)
    return Addressee(
        recipient=Recipient.CLIENT,
        id=appointment.client_id,
        address=contact.address,
        language=appointment.language
        or appointment.client.language
        or appointment.business.language,
        zone=_zone(appointment, policy),
        standing=standing_of(appointment=appointment, contact=contact, gate=policy.gate),
    )


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
    """Return the e-mail the client is told at; blank if there is none."""
    return contact_of(appointment).address


def client_zone(appointment: Appointment) -> str:
    """Return the zone in which the client is told times."""
    return _zone(appointment, client_policy(appointment.business_id))


def _zone(appointment: Appointment, policy: ClientPolicy) -> str:
    return zone_for_client(
        mode=policy.zone_mode,
        location_zone=appointment.promised_zone,
        booking_zone=appointment.zone,
        profile_zone=appointment.client.zone,
    )
