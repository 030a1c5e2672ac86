"""A series is told in one message: which appointment carries it, and which ones it tells of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from clientela.booking.models import Appointment, Status
from clientela.notify.models import Message

# The word in a message's facts under which the series stands that it tells of.
SERIES = "series"
FOR_LETTER = ("business", "service", "professional__resource", "location", "client")


def carrier_of(appointment: Appointment) -> UUID:
    """Return the id of the appointment whose row carries the news of this one: itself, unless of a series.

    All of a series is written in one transaction, so whoever hears of one of its appointments sees all
    of them. The first that lay ahead when it was written carries the message; what is asked of each row
    never changes, so every event of the series gets the same answer, however late it is heard.
    """
    if appointment.series_id is None:
        return appointment.pk
    ahead = Appointment.objects.filter(
        series_id=appointment.series_id, starts_at__gt=F("created_at")
    )
    return ahead.order_by("id").values_list("pk", flat=True).first() or appointment.pk


def told_appointments(message: Message, *, now: datetime) -> list[Appointment]:
    """Return what the message tells of, in order of time: its own appointment, or those of its series.

    Of a series, those that still lie ahead as they were first told: what was moved or cancelled since
    has a message of its own. If none is left, the message's own appointment, which then decides its fate.
    """
    series = message.facts.get(SERIES)
    if not series:
        return [message.appointment]
    standing = Appointment.objects.filter(
        series_id=UUID(series),
        client_id=message.appointment.client_id,
        sequence=message.occurrence,
        status=Status.CONFIRMED,
        starts_at__gt=now,
    )
    found = standing.select_related(*FOR_LETTER).order_by("starts_at", "id")
    return list(found) or [message.appointment]
