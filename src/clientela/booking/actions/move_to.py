"""The one way an appointment passes from one state to another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from clientela.booking.actions.win_time import lock_keys
from clientela.booking.errors import MoveNotAllowed, StaleState
from clientela.booking.models import Appointment, Occupancy, Status
from clientela.ledger.locks import lock_credits
from clientela.people.models import Client
from clientela.platform.database import require_transaction
from clientela.rules.lifecycle import may_move
from clientela.rules.redemption_state import RedemptionState


def lock_appointment(appointment: Appointment, *, with_card: bool = False) -> Appointment:
    """Lock an appointment, what it holds, and its client's credits, and read it again; the caller's transaction.

    Returns a fresh row, with what pages show of it. One sorted set of locks, like every booking takes, then
    the credits. ``with_card`` holds the card between the two, for those who sell something in the same
    transaction (``held_card`` says why). Refuses ``StaleState`` when the appointment was moved to other people or rooms, or to another
    card, while we waited.
    """
    held = held_by(appointment)
    lock_keys(resource_ids=held, also=[appointment_key(appointment)])
    if with_card:
        Client.objects.select_for_update(no_key=True).get(pk=appointment.client_id)
    lock_credits(appointment.client_id)
    refuse_if_moved(appointment, locked=held)
    return read_locked(appointment)


def read_locked(appointment: Appointment) -> Appointment:
    """Read an appointment whose locks are ours; refuses ``StaleState`` when its card was joined to another meanwhile.

    The credits that were locked would be those of a card that is gone.
    """
    current = Appointment.objects.select_related(
        "business", "location", "service", "professional__resource", "client", "session"
    ).get(pk=appointment.pk)
    if current.client_id != appointment.client_id:
        raise StaleState
    return current


def held_by(appointment: Appointment) -> list[UUID]:
    """Return the ids to lock before an appointment gives back what it holds. One query.

    Of a seat: the session, and what the session holds, for an opened session may end with the seat.
    """
    if appointment.session_id is None:
        held = Occupancy.objects.filter(appointment=appointment)
    else:
        held = Occupancy.objects.filter(session=appointment.session_id)
    own = [appointment.session_id] if appointment.session_id else []
    return [*held.values_list("resource_id", flat=True), *own]


def refuse_if_moved(appointment: Appointment, *, locked: Collection[UUID]) -> None:
    """Refuse ``StaleState`` unless everything the appointment holds now is among what was locked.

    Masks of a resource may be written under its lock only; what to lock was read before the lock.
    """
    current = Appointment.objects.only("session_id").get(pk=appointment.pk)
    if not set(held_by(current)) <= set(locked):
        raise StaleState


def appointment_key(appointment: Appointment) -> str:
    """Return the key under which changes of one appointment wait for each other."""
    return f"appointment:{appointment.pk}"


def move_to(
    *,
    appointment: Appointment,
    new: Status,
    now: datetime,
    **changes: Any,  # noqa: ANN401 -- columns differ
) -> Appointment:
    """Change the state by compare-and-swap, with further columns, and count the change up.

    Refuses ``MoveNotAllowed`` what the table of ``rules/lifecycle.py`` does not know, and ``StaleState``
    when somebody else moved it first.
    """
    require_transaction("changing an appointment")
    if not may_move(old=Status(appointment.status), new=new):
        raise MoveNotAllowed(status=appointment.status)
    return swap(appointment, now=now, status=new.value, **changes)


def swap(appointment: Appointment, *, now: datetime, **changes: Any) -> Appointment:  # noqa: ANN401 -- columns differ
    """Write columns of an appointment if nobody wrote any meanwhile; else ``StaleState``."""
    changes |= {"changed_at": now, "sequence": appointment.sequence + 1}
    swapped = Appointment.objects.filter(
        pk=appointment.pk, status=appointment.status, sequence=appointment.sequence
    ).update(**changes)
    if swapped != 1:
        raise StaleState
    for name, value in changes.items():
        setattr(appointment, name, value)
    return appointment


def set_redemption(appointment: Appointment, *, new: RedemptionState) -> None:
    """Write what an appointment's credit does, if nobody wrote anything else meanwhile; else ``StaleState``.

    Under its client's lock. It is no change of the appointment: ``sequence`` stays, and nobody is told.
    """
    swapped = Appointment.objects.filter(
        pk=appointment.pk, redemption=appointment.redemption
    ).update(redemption=new.value)
    if swapped != 1:
        raise StaleState
    appointment.redemption = new.value
