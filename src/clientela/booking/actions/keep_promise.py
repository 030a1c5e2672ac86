"""Keep a promised wall-clock time after the clocks' rules were changed: the reading stays, the instant moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.move_to import (
    appointment_key,
    lock_appointment,
    read_locked,
    swap,
)
from clientela.booking.actions.occupy import Taking, occupy_many, vacate
from clientela.booking.actions.win_time import lock_keys
from clientela.booking.errors import PromiseGone, PromiseInTheWay, StaleState
from clientela.booking.events import PromiseKept
from clientela.booking.models import Appointment, MarkedFor, Occupancy, Session, Status
from clientela.booking.queries.moved_promises import HOLDS_AHEAD, Holder, belongs_at
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.rules.clock_time import tzdata_version


@dataclass(frozen=True, slots=True)
class _Act:
    """Who keeps promises, whether those are told whose clocks will show another time, and when."""

    by: Actor
    tells: bool
    now: datetime


def keep_promise(*, holder: Holder, tells: bool, by: Actor, now: datetime) -> list[Appointment]:
    """Move an appointment, or a session with its seats, to the instant of its promise; return what was moved.

    One transaction, in the business's scope, under the locks of a booking. It keeps its own length and what it
    occupies around it, not today's of the service, and credit stays, for the day on the wall is the same. A seat takes its
    whole session along. A promise that holds already changes nothing, so it may be asked again. ``tells`` is
    carried by the event: clients who read another clock hear once. Refuses ``PromiseInTheWay`` when somebody
    has that time, ``PromiseGone`` when the clocks jump over it, and ``StaleState``; then nothing has changed.
    """
    act = _Act(by, tells, now)
    with transaction.atomic():
        if isinstance(holder, Appointment) and holder.session_id is None:
            kept = _keep_appointment(holder, act)
        else:
            session = holder.session if isinstance(holder, Appointment) else holder
            assert session is not None  # noqa: S101 -- a seat has a session
            kept = _keep_session(session, act)
        if kept:
            mark_appointments(
                business_id=holder.business_id,
                client_ids=[one.client_id for one in kept],
                marked_for=MarkedFor.CHANGED,
                by=by,
                now=now,
            )
        failpoint("booking.keep-promise.before-commit")
        return kept


def _keep_appointment(appointment: Appointment, act: _Act) -> list[Appointment]:
    current = lock_appointment(appointment)
    shift = _shift_of(current)
    if Status(current.status) not in HOLDS_AHEAD or not shift:
        return []
    _shift_taken(current, shift)
    return [_write(current, shift, act)]


def _keep_session(session: Session, act: _Act) -> list[Appointment]:
    seats = _seats(session)
    held = Occupancy.objects.filter(session=session).values_list("resource_id", flat=True)
    lock_keys(
        resource_ids=[session.pk, *held], also=[appointment_key(one) for one in _seats(session)]
    )
    current = Session.objects.get(pk=session.pk)
    standing = [read_locked(one) for one in _seats(session)]
    if {one.pk for one in standing} - {one.pk for one in seats}:
        raise StaleState  # somebody took a seat while we waited for the locks
    shift = _shift_of(current)
    if current.cancelled_at is not None or not shift:
        return []
    _shift_taken(current, shift)
    before = current.starts_at
    Session.objects.filter(pk=current.pk).update(
        starts_at=before + shift, ends_at=current.ends_at + shift, tzdata=tzdata_version()
    )
    note(
        action="promise-kept",
        subject=current,
        by=act.by,
        now=act.now,
        details={"from": before, "to": before + shift},
    )
    return [_write(one, shift, act) for one in standing if one.starts_at == before]


def _seats(session: Session) -> QuerySet[Appointment]:
    return Appointment.objects.filter(session=session, status__in=HOLDS_AHEAD).order_by("pk")


def _shift_of(holder: Holder) -> timedelta:
    place = belongs_at(holder)
    if place is None:
        raise PromiseGone(local=holder.promised_local, zone=holder.promised_zone)
    return place - holder.starts_at


def _shift_taken(holder: Holder, shift: timedelta) -> None:
    """Move what the holder occupies, buffers included; the locks of its resources are ours."""
    is_session = isinstance(holder, Session)
    column = "session" if is_session else "appointment"
    rows = list(
        Occupancy.objects.filter(**{column: holder}).values_list(
            "resource_id", "starts_at", "ends_at"
        )
    )
    taken = [(resource, start + shift, end + shift) for resource, start, end in rows]
    in_the_way = list(_in_the_way(taken).exclude(**{column: holder}))
    if in_the_way:
        raise PromiseInTheWay(
            appointments=sorted({one.appointment_id for one in in_the_way if one.appointment_id}),
            sessions=sorted({one.session_id for one in in_the_way if one.session_id}),
        )
    vacate(holder=holder)
    occupy_many(
        business_id=holder.business_id,
        takings=[
            Taking(
                resource_id=resource,
                starts_at=starts_at,
                ends_at=ends_at,
                appointment_id=None if is_session else holder.pk,
                session_id=holder.pk if is_session else None,
            )
            for resource, starts_at, ends_at in taken
        ],
    )


def _in_the_way(taken: Sequence[tuple[UUID, datetime, datetime]]) -> QuerySet[Occupancy]:
    places: Iterable[Q] = (
        Q(resource_id=resource, starts_at__lt=end, ends_at__gt=start)
        for resource, start, end in taken
    )
    found = Q(pk__in=[])
    for place in places:
        found |= place
    return Occupancy.objects.filter(found)


def _write(current: Appointment, shift: timedelta, act: _Act) -> Appointment:
    before = current.starts_at
    swap(
        current,
        now=act.now,
        starts_at=before + shift,
        ends_at=current.ends_at + shift,
        tzdata=tzdata_version(),
    )
    note(
        action="promise-kept",
        subject=current,
        by=act.by,
        now=act.now,
        details={"from": before, "to": current.starts_at, "told": act.tells},
    )
    if Status(current.status) is not Status.HELD:  # of a time that is being paid nobody was told
        record(
            PromiseKept(
                business_id=current.business_id,
                appointment_id=current.pk,
                sequence=current.sequence,
                by=act.by.kind.value,
                previous_starts_at=before,
                tells=act.tells,
            ),
            now=act.now,
        )
    return current
