"""The one way an appointment passes from one state to another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Subquery, UUIDField

from clientela.booking.actions.win_time import lock_keys
from clientela.booking.causes import cause_of
from clientela.booking.errors import MoveNotAllowed, StaleState
from clientela.booking.models import Appointment, Occupancy, Status
from clientela.ledger.locks import lock_credits_of
from clientela.ledger.models import Redemption
from clientela.ledger.queries.credit_owners import credit_owners
from clientela.people.models import Client
from clientela.platform.database import require_transaction
from clientela.rules.lifecycle import may_move
from clientela.rules.redemption_state import RedemptionState

_STANDS: Final = (RedemptionState.REDEEMED.value, RedemptionState.FORFEITED.value)


def lock_appointment(
    appointment: Appointment, *, with_card: bool = False, lender_id: UUID | None = None
) -> Appointment:
    """Lock an appointment, what it holds, and its client's credits, and read it again; the caller's transaction.

    Returns a fresh row, with what pages show of it. One sorted set of locks, like every booking takes, then
    the credits: its client's, those of whoever lent it one, and of ``lender_id`` who is about to. ``with_card`` holds
    the cards between the two, for those who sell something in the same
    transaction (``held_card`` says why). Refuses ``StaleState`` when the appointment was moved to other people or rooms, or to another
    card, while we waited.
    """
    held = held_by(appointment)
    lock_keys(resource_ids=held, also=[appointment_key(appointment)])
    owners = credit_cards(refuse_if_moved(appointment, locked=held))
    if lender_id is not None:
        owners.add(lender_id)
    if with_card:
        cards = Client.objects.filter(pk__in=owners).order_by("created_at", "id")
        list(cards.select_for_update(no_key=True))
    lock_credits_of(client_ids=owners)
    return read_locked(appointment, owners=owners)


def credit_cards(appointment: Appointment) -> set[UUID]:
    """Return the cards whose credits an act on the appointment may change: its client's, and that of who lent one.

    Asked as soon as its other locks are ours; one query, and none where no credit can stand for it.
    """
    if appointment.redemption not in _STANDS:
        return {appointment.client_id}
    return {appointment.client_id} | credit_owners(causes=[cause_of(appointment.pk)])


def read_locked(appointment: Appointment, *, owners: Collection[UUID] | None = None) -> Appointment:
    """Read an appointment whose locks are ours; refuses ``StaleState`` when its card was joined to another meanwhile.

    The credits that were locked would be those of a card that is gone. So it is when the credit that stands for it
    is of none of the ``owners``, whose credits were locked.
    """
    standing = Redemption.objects.filter(
        business=appointment.business_id, cause=cause_of(appointment.pk), released_at__isnull=True
    )
    current = (
        Appointment.objects.select_related(
            "business", "location", "service", "professional__resource", "client", "session"
        )
        .annotate(credit_of=Subquery(standing.values("grant__client_id"), output_field=UUIDField()))
        .get(pk=appointment.pk)
    )
    if current.client_id != appointment.client_id:
        raise StaleState
    if owners is not None and current.credit_of not in {None, *owners}:
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


def refuse_if_moved(appointment: Appointment, *, locked: Collection[UUID]) -> Appointment:
    """Refuse ``StaleState`` unless everything the appointment holds now is among what was locked.

    Masks of a resource may be written under its lock only; what to lock was read before the lock. Returns it as it
    stands, with what ``credit_cards`` asks of it and no more.
    """
    current = Appointment.objects.only("session_id", "client_id", "redemption").get(
        pk=appointment.pk
    )
    if not set(held_by(current)) <= set(locked):
        raise StaleState
    return current


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
