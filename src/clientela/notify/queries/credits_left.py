"""How many sessions a client has left of a service, where a booking brings it so low that they should know."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.booking.queries.lent import lenders_of
from clientela.catalogue.models import Service
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.notify.models import Message, MessagePolicy, Rule
from clientela.notify.occasions import LEFT
from clientela.people.models import Client
from clientela.rules.clock_time import local_date
from clientela.rules.redemption import Usable, covers
from clientela.rules.redemption_state import RedemptionState

# Several bookings in a row that leave the same say it once.
_SAID_FOR: Final = timedelta(hours=12)


def credits_left_now(*, appointment: Appointment, now: datetime) -> int | None:
    """Return what is left after an appointment that used a credit; None: it used none of its client's, or enough is left."""
    if appointment.redemption != RedemptionState.REDEEMED:
        return None
    today = local_date(now, appointment.promised_zone)
    left = _if_low(
        _left(appointment.client_id, appointment.service_id, today=today), appointment.business_id
    )
    if left is None or lenders_of(appointment_ids=[appointment.pk]):
        return None
    return left


def credits_left_after(
    *, card: Client, service: Service, appointment: Appointment, now: datetime
) -> int | None:
    """Return what would be left once this appointment, which is not written yet, had used a credit; None likewise."""
    if not service.needs_credits:
        return None
    zone = appointment.promised_zone
    today, day = local_date(now, zone), local_date(appointment.starts_at, zone)
    usable = usable_grants(client_id=card.pk)
    if not any(covers(one, on=day, service_id=service.pk) for one in usable):
        return None
    return _if_low(_count(usable, service.pk, today=today) - 1, service.business_id)


def is_low_told(*, appointment: Appointment, left: int, now: datetime) -> bool:
    """Say whether the client was told lately, about another appointment, that so many are left."""
    told = Message.objects.filter(
        rule=Rule.BALANCE_LOW,
        recipient_id=appointment.client_id,
        appointment__service=appointment.service_id,
        created_at__gt=now - _SAID_FOR,
        **{f"facts__{LEFT}": str(left)},
    )
    return told.exclude(appointment=appointment.pk).exists()


def _left(client_id: UUID, service_id: UUID, *, today: date) -> int:
    return _count(usable_grants(client_id=client_id), service_id, today=today)


def _count(usable: list[Usable], service_id: UUID, *, today: date) -> int:
    """Count the free credits for a service that have not run out, also those whose days are still to begin."""
    return sum(
        len(one.free)
        for one in usable
        if service_id in one.services and (one.valid_until is None or today <= one.valid_until)
    )


def _if_low(left: int, business_id: UUID) -> int | None:
    policy = MessagePolicy.objects.filter(business=business_id).first() or MessagePolicy()
    return left if left <= policy.balance_low_at else None
