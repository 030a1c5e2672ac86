"""Move an appointment to another time, person or place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.booking.actions.book import checked_zone
from clientela.booking.actions.check_start import is_insider, is_open_for, require_location
from clientela.booking.actions.credit import carry_credit
from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.mark_appointments import mark_again
from clientela.booking.actions.move_to import (
    appointment_key,
    credit_cards,
    held_by,
    read_locked,
    refuse_if_moved,
    swap,
)
from clientela.booking.actions.occupy import occupy
from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.actions.promise import ends_of, occupied_stretch, promise
from clientela.booking.actions.refuse import AskedStart, is_backstop, refusal_of
from clientela.booking.actions.win_seat import win_seat
from clientela.booking.actions.win_time import NotFree, Wanted, win_time
from clientela.booking.errors import ChangeRefused
from clientela.booking.events import AppointmentRescheduled
from clientela.booking.models import Appointment, Seat
from clientela.booking.queries.change_options import change_options
from clientela.booking.queries.credit_after_move import credit_after_move
from clientela.booking.queries.engine_needs import exact
from clientela.booking.queries.own_professional import professional_for_move
from clientela.booking.queries.pending_redemption import day_of
from clientela.business.models import Location, Professional
from clientela.ledger.locks import lock_credits_of
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.idempotency import claim
from clientela.platform.ids import uuid7
from clientela.platform.outbox import record


@dataclass(frozen=True, slots=True)
class _Move:
    """How the move came, besides where it goes."""

    zone: str | None
    device_zone: str
    door: str


def reschedule_appointment(  # noqa: PLR0913 -- every fact of a move has its name
    *,
    appointment: Appointment,
    starts_at: datetime,
    professional: Professional | None = None,
    location: Location | None = None,
    by: Actor,
    zone: str | None = None,
    device_zone: str = "",
    door: str,
    idempotency_key: str | None = None,
    overrides: Overrides | None = None,
    now: datetime,
) -> Appointment:
    """Move to ``starts_at``; the old time is kept until the new one is won, in one transaction.

    Without ``professional`` or ``location`` they stay as they are; but a client who is bound to one professional
    moves to that one, and to nobody else. The manage link stays the same; ``sequence`` grows. It keeps its credit
    on every day that the credit is valid, else it becomes what ``credit_after_move`` said. Refuses
    ``ChangeRefused`` by the policy (``rules/rescheduling.py``), ``SlotTaken`` and ``NotBookable`` with
    alternatives, and then nothing has changed. Moving to where it is already changes nothing.
    """
    place = require_location(
        business=appointment.business, location=location or appointment.location
    )
    person = professional or (
        appointment.professional if is_insider(by) else professional_for_move(appointment)
    )
    move = _Move(
        zone=None if zone is None else checked_zone(zone),
        device_zone=device_zone,
        door=door,
    )
    asked = AskedStart(
        business=appointment.business,
        service=appointment.service,
        location=place,
        professional=person,
        starts_at=exact(starts_at),
        for_staff=is_insider(by),
        ignoring=appointment,
        overrides=overrides or NONE,
        client=_bound_card(appointment, person, by=by, overrides=overrides or NONE),
    )
    try:
        with transaction.atomic():
            return _reschedule(asked, move, key=idempotency_key, by=by, now=now)
    except NotFree:
        pass
    except IntegrityError as error:
        if not is_backstop(error):
            raise
    raise refusal_of(asked, now=now)


def _bound_card(
    appointment: Appointment, person: Professional, *, by: Actor, overrides: Overrides
) -> Client | None:
    """Return the card whose professional binds the move.

    Staff may set that aside; where they leave the professional as it was, that was decided when it was booked.
    """
    stays = person.pk == appointment.professional_id
    if is_insider(by) and (stays or overrides.bound_professional):
        return None
    return appointment.client


def _reschedule(
    asked: AskedStart, move: _Move, *, key: str | None, by: Actor, now: datetime
) -> Appointment:
    assert asked.ignoring is not None  # noqa: S101 -- a move is of something
    if key:
        claimed = claim(
            owner=f"{asked.business.pk}:reschedule:{asked.ignoring.pk}",
            key=key,
            fingerprint=[asked.starts_at.isoformat(), asked.location.pk, _person(asked)],
            now=now,
        )
        if claimed.replayed:
            return _read(asked.ignoring.pk)
    _refuse_unless_allowed(_read(asked.ignoring.pk), by=by, now=now)
    moved = _win_and_move(asked, move, by=by, now=now)
    failpoint("booking.reschedule.before-commit")
    return moved


def _win_and_move(asked: AskedStart, move: _Move, *, by: Actor, now: datetime) -> Appointment:
    """Win the new time under one set of locks with the old one, then swap."""
    assert asked.ignoring is not None  # noqa: S101 -- a move is of something
    if not is_open_for(
        business=asked.business,
        service=asked.service,
        location=asked.location,
        starts_at=asked.starts_at,
        by=by,
        overrides=asked.overrides,
        now=now,
    ):
        raise NotFree
    wanted = Wanted(
        service=asked.service,
        location=asked.location,
        supply=asked.supply(),
        starts_at=asked.starts_at,
        also_lock=(appointment_key(asked.ignoring),),
        ignoring=asked.ignoring,
        also_free=tuple(held_by(asked.ignoring)),
        overrides=asked.overrides,
    )
    if asked.service.is_group:
        return _move_seat(wanted, move, by=by, now=now)
    won = win_time(wanted)
    current = _ours(asked.ignoring, wanted)
    _refuse_unless_allowed(current, by=by, now=now)
    if _is_same(current, wanted, won.professional_id):
        return current
    give_back(current, now=now)
    moved = _write(current, wanted, move, professional_id=won.professional_id, by=by, now=now)
    from_at, until_at = occupied_stretch(service=wanted.service, starts_at=wanted.starts_at)
    occupy(holder=moved, resource_ids=won.resource_ids, starts_at=from_at, ends_at=until_at)
    return moved


def _move_seat(wanted: Wanted, move: _Move, *, by: Actor, now: datetime) -> Appointment:
    """Take a seat in another session, then give back the old one."""
    assert wanted.ignoring is not None  # noqa: S101 -- a move is of something
    if wanted.ignoring.starts_at == wanted.starts_at:
        return _read(wanted.ignoring.pk)
    seat = win_seat(wanted, now=now)
    current = _ours(wanted.ignoring, wanted)
    _refuse_unless_allowed(current, by=by, now=now)
    give_back(current, now=now)
    moved = _write(
        current,
        wanted,
        move,
        professional_id=seat.session.professional_id,
        session_id=seat.session.pk,
        by=by,
        now=now,
    )
    Seat.objects.create(
        id=uuid7(),
        business_id=moved.business_id,
        session=seat.session,
        number=seat.number,
        appointment=moved,
    )
    return moved


def _ours(appointment: Appointment, wanted: Wanted) -> Appointment:
    """Lock its client's credits too, and those of who lent it one, and read it: the locks are ours, only now is what we read a fact."""
    owners = credit_cards(refuse_if_moved(appointment, locked=wanted.also_free))
    lock_credits_of(client_ids=owners)
    return read_locked(appointment, owners=owners)


def _write(
    current: Appointment,
    wanted: Wanted,
    move: _Move,
    *,
    professional_id: UUID,
    session_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> Appointment:
    """Put it at its new time, let its credit follow, and tell of both."""
    before, was_on = _place_of(current), day_of(current)
    credit = credit_after_move(
        appointment=current, starts_at=wanted.starts_at, location=wanted.location
    )
    swap(
        current,
        now=now,
        starts_at=wanted.starts_at,
        ends_at=ends_of(service=wanted.service, starts_at=wanted.starts_at),
        professional_id=professional_id,
        location_id=wanted.location.pk,
        session_id=session_id,
        zone=current.zone if move.zone is None else move.zone,
        device_zone=move.device_zone or current.device_zone,
        client_confirmed_at=None,
        **promise(starts_at=wanted.starts_at, location=wanted.location),
    )
    moved = _read(current.pk)
    carry_credit(moved=moved, was_on=was_on, after=credit, now=now)
    mark_again(appointment=moved, by=by, now=now)
    details = {"door": move.door, "overrides": wanted.overrides.named(), "credit": credit.value}
    _tell(moved, before=before, details=details, by=by, now=now)
    return moved


def _refuse_unless_allowed(appointment: Appointment, *, by: Actor, now: datetime) -> None:
    options = change_options(appointment=appointment, now=now, by=by)
    if not options.reschedule.allowed:
        raise ChangeRefused(
            options.reschedule.reason.value,
            closes_at=options.reschedule.closes_at,
            contact=options.contact,
        )


def _tell(
    moved: Appointment,
    *,
    before: tuple[datetime, UUID, UUID],
    details: Mapping[str, object],
    by: Actor,
    now: datetime,
) -> None:
    starts_at, location_id, professional_id = before
    note(
        action="appointment-rescheduled",
        subject=moved,
        by=by,
        now=now,
        details={"from": starts_at, "to": moved.starts_at, **details},
    )
    record(
        AppointmentRescheduled(
            business_id=moved.business_id,
            appointment_id=moved.pk,
            sequence=moved.sequence,
            by=by.kind.value,
            previous_starts_at=starts_at,
            previous_location_id=location_id,
            previous_professional_id=professional_id,
        ),
        now=now,
    )


def _place_of(appointment: Appointment) -> tuple[datetime, UUID, UUID]:
    return appointment.starts_at, appointment.location_id, appointment.professional_id


def _is_same(current: Appointment, wanted: Wanted, professional_id: UUID) -> bool:
    return _place_of(current) == (wanted.starts_at, wanted.location.pk, professional_id)


def _person(asked: AskedStart) -> UUID | None:
    return asked.professional.pk if asked.professional else None


def _read(appointment_id: UUID) -> Appointment:
    return Appointment.objects.select_related(
        "business", "location", "service", "professional__resource", "client", "session"
    ).get(pk=appointment_id)
