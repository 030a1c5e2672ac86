"""Who is to be told about an appointment, at which address, in which language and zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.business.models import Professional
from clientela.notify.models import Recipient
from clientela.notify.queries.client_policy import client_policy
from clientela.notify.queries.reaches import Target, target_of
from clientela.people.models import Client
from clientela.rules.zone_choice import zone_for_client


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One who is told: who, in which language and zone, and how they are found."""

    recipient: Recipient
    id: UUID
    language: str
    zone: str
    target: Target


def addressees(
    *,
    appointment: Appointment,
    reader: Client,
    client_zone: str,
    previous: Iterable[Professional] = (),
) -> list[Addressee]:
    """The client, the professional and the desk, in this order; no query.

    The appointment comes with its business, client and professional. ``previous`` had it before and is told too.
    Staff read the location's zone; the client reads ``client_zone``, which ``rules/zone_choice.py`` gives (S4.27).
    ``reader`` is whose card is told as the client: theirs, or that of who hears for a child. Of a card that is not
    written yet the contacts are as typed.
    """
    client = Addressee(
        recipient=Recipient.CLIENT,
        id=appointment.client_id,
        language=appointment.language
        or appointment.client.language
        or appointment.business.language,
        zone=client_zone,
        target=_typed(appointment)
        if appointment.client._state.adding
        else target_of(appointment, reader=reader),
    )
    givers = [appointment.professional] if appointment.professional_id else []
    givers += [one for one in previous if one.pk != appointment.professional_id]
    return [client, *(_professional(one, appointment) for one in givers), _desk(appointment)]


def target_of_professional(professional: Professional) -> Target:
    """A professional, who comes with their account: the address set for them, else the one they sign in with."""
    account = professional.account
    return Target(
        business_id=professional.business_id,
        account_id=account.pk if account else None,
        email=professional.email or (account.email if account else ""),
        phone=account.phone if account else "",
        is_verified=True,
    )


def client_zone(appointment: Appointment) -> str:
    """Return the zone in which the client is told times; one query."""
    return zone_for_client(
        mode=client_policy(appointment.business_id).zone_mode,
        location_zone=appointment.promised_zone,
        booking_zone=appointment.zone,
        profile_zone=appointment.client.zone,
    )


def _typed(appointment: Appointment) -> Target:
    card = appointment.client
    return Target(
        business_id=appointment.business_id,
        account_id=card.account_id,
        email=appointment.address_used,
        phone=appointment.phone_used,
        is_verified=card.account_id is not None,
    )


def _professional(professional: Professional, appointment: Appointment) -> Addressee:
    account = professional.account
    return Addressee(
        recipient=Recipient.PROFESSIONAL,
        id=professional.pk,
        language=(account.language if account else "") or appointment.business.language,
        zone=appointment.promised_zone,
        target=target_of_professional(professional),
    )


def _desk(appointment: Appointment) -> Addressee:
    business = appointment.business
    return Addressee(
        recipient=Recipient.DESK,
        id=business.pk,
        language=business.language,
        zone=appointment.promised_zone,
        target=Target(business_id=business.pk, email=business.email, is_verified=True),
    )
