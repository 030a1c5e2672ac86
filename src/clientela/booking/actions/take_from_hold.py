"""Turn a time that was held while its client paid into their appointment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.credit import redeem_new, without_credit
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.actions.write_appointment import AUDITED, taken_status, tell_booked
from clientela.booking.errors import HoldEnded
from clientela.booking.models import Appointment, Channel, MarkedFor, Status
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.rules.lifecycle import HOLDS_TIME


def take_from_hold(
    *, appointment: Appointment, redeems: bool = True, by: Actor, now: datetime
) -> Appointment:
    """Book a held time, whenever the hold was to end: as long as it stands, it is the client's.

    Now its client and the staff are told, and it uses a credit if its client has one. ``redeems`` says no where the
    caller sells the session in the same transaction, so that it is redeemed by that sale. Taking it twice changes nothing. Refuses ``HoldEnded``: the time was
    given back; ``book_after_hold`` tries to have it again.
    """
    with transaction.atomic():
        current = lock_appointment(appointment, with_card=True)
        status = Status(current.status)
        if status is not Status.HELD:
            if status not in HOLDS_TIME:
                raise HoldEnded
            return current
        taken = taken_status(service=current.service, by=by)
        move_to(
            appointment=current,
            new=taken,
            now=now,
            redemption=without_credit(current.service).value,
        )
        if redeems:
            redeem_new(appointments=[current], now=now)
        mark_appointments(
            business_id=current.business_id,
            client_ids=[current.client_id],
            marked_for=MarkedFor.BOOKED,
            by=by,
            now=now,
        )
        note(
            action=AUDITED[taken],
            subject=current,
            by=by,
            now=now,
            details={"starts_at": current.starts_at, "door": current.door, "from_hold": True},
        )
        tell_booked(current, by=by, now=now)
    return current


def book_after_hold(
    *, appointment: Appointment, redeems: bool = True, by: Actor, now: datetime
) -> Appointment:
    """Book once more what a hold that has ended was for: same client, time, person and place.

    For money that arrives after the hold: the time is held anew and taken at once, so ``redeems`` is as there.
    Asking twice returns the same new appointment. Refuses ``HoldEnded`` once the time has begun, and ``SlotTaken`` or ``NotBookable`` when it cannot be had any more.
    """
    if now >= appointment.starts_at:
        raise HoldEnded
    with transaction.atomic():
        again = _hold_again(appointment, by=by, now=now)
        return take_from_hold(appointment=again, redeems=redeems, by=by, now=now)


def _hold_again(appointment: Appointment, *, by: Actor, now: datetime) -> Appointment:
    """Hold the same for the same, or return what was held so before."""
    return book_appointment(
        business=appointment.business,
        service=appointment.service,
        starts_at=appointment.starts_at,
        client=appointment.client,
        professional=appointment.professional,
        location=appointment.location,
        by=by,
        channel=Channel(appointment.channel),
        door=appointment.door,
        zone=appointment.zone,
        device_zone=appointment.device_zone,
        language=appointment.language,
        client_note=appointment.client_note,
        account=appointment.account,
        idempotency_key=f"after-hold:{appointment.pk}",
        held_until=now,
        now=now,
    ).appointment
