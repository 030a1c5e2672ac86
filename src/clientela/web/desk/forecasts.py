"""Who would be told what, and when, if this were saved now: said before a booking, a move, or a cancellation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clientela.booking.models import Appointment, Channel, Status
from clientela.notify.occasions import Fact
from clientela.notify.queries.forecast import Change, Wish, forecast, forecast_of, forecast_of_each
from clientela.people.models import Client
from clientela.web.desk.picking import Picked
from clientela.web.desk.staff import Desk
from clientela.web.desk.ways import Told, promised

BY = "staff"
_AT_FIRST = {Status.REQUESTED: Fact.REQUESTED, Status.CONFIRMED: Fact.BOOKED}


def of_booking(choice: Picked, *, card: Client, desk: Desk) -> list[Told]:
    """What the client gets of a booking at the time that is picked; nothing before one is."""
    if choice.start is None or choice.ends_at is None:
        return []
    wish = Wish(
        business=desk.business,
        service=choice.wanted.service,
        location=choice.wanted.location,
        starts_at=choice.start,
        ends_at=choice.ends_at,
        channel=Channel.STAFF,
        by=BY,
        professional=choice.wanted.professional,
        card=card,
        language=card.language,
    )
    return promised(forecast(wish=wish, now=desk.now))


def of_move(one: Appointment, choice: Picked, *, desk: Desk) -> list[Told]:
    """What is told of a move to the time that is picked, and which reminders go where."""
    if choice.start is None or choice.ends_at is None:
        return []
    change = Change(
        starts_at=choice.start,
        ends_at=choice.ends_at,
        location=choice.wanted.location,
        professional=choice.wanted.professional or one.professional,
    )
    return promised(forecast_of(appointment=one, change=change, by=BY, now=desk.now))


def of_leaving(one: Appointment, *, declines: bool, now: datetime) -> list[Told]:
    """What is told of a cancellation, or of a request that is declined."""
    fact = Fact.DECLINED if declines else Fact.CANCELLED
    return promised(forecast_of(appointment=one, fact=fact, by=BY, now=now))


def of_session(seated: Sequence[Appointment], *, now: datetime) -> list[tuple[str, list[Told]]]:
    """Each who is told that a session is called off, by name, and what; whose place is only held hears nothing."""
    booked = [one for one in seated if one.status != Status.HELD]
    lines = forecast_of_each(appointments=booked, fact=Fact.CANCELLED, by=BY, now=now)
    return [(one.client.record_name, promised(lines[one.pk])) for one in booked]


def of_standing(one: Appointment, *, now: datetime) -> list[Told]:
    """What is about to be told of an appointment that was made a moment ago."""
    fact = _AT_FIRST.get(Status(one.status))
    if fact is None or one.channel == Channel.IMPORT:
        return []
    return promised(forecast_of(appointment=one, fact=fact, by=BY, now=now))
