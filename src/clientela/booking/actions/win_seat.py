"""Winning a seat of a group session, or opening the session as its first client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from clientela.booking.actions.occupy import occupy
from clientela.booking.actions.promise import ends_of, occupied_stretch, promise
from clientela.booking.actions.win_time import NotFree, Wanted, Won, lock_keys, win_time
from clientela.booking.models import Seat, Session
from clientela.platform.ids import uuid7
from clientela.rules.assignment import AssignmentReason


class _Full(Exception):
    """The session filled up between the hint and the lock."""


@dataclass(frozen=True, slots=True)
class WonSeat:
    """A seat that is ours until the transaction ends: no one else can take this number meanwhile."""

    session: Session
    number: int
    assignment: dict[str, object]


def win_seat(wanted: Wanted, *, now: datetime) -> WonSeat:
    """Win a seat of a standing session, else open one where the service lets clients; or ``NotFree``.

    Sessions are tried fullest first, so that groups fill up. Each attempt locks one session only and gives the
    lock back when it is full.
    """
    found = _seat_of_standing(wanted)
    if found is None and wanted.service.opens_sessions and not has_session_at(wanted):
        try:
            won = win_time(wanted)
        except NotFree:
            pass
        else:
            return WonSeat(open_session(wanted, won=won, now=now), 1, won.assignment)
    # Another first client may have opened the session since we looked, and it may have seats.
    found = found or _seat_of_standing(wanted)
    if found is None:
        raise NotFree
    return found


def has_session_at(wanted: Wanted) -> bool:
    """Whether some session of the service stands at that start, full or not."""
    return _standing(wanted).exists()


def open_session(
    wanted: Wanted, *, won: Won, now: datetime, by_client: bool = True, seats: int | None = None
) -> Session:
    """Write a session in the time that was won, and take its resources; the caller's transaction."""
    starts_at, ends_at = (
        wanted.starts_at,
        ends_of(service=wanted.service, starts_at=wanted.starts_at),
    )
    session = Session.objects.create(
        id=uuid7(),
        business_id=wanted.service.business_id,
        service=wanted.service,
        location=wanted.location,
        professional_id=won.professional_id,
        starts_at=starts_at,
        ends_at=ends_at,
        seats=seats or wanted.service.capacity,
        opened_by_client=by_client,
        created_at=now,
        **promise(starts_at=starts_at, location=wanted.location),
    )
    from_at, until_at = occupied_stretch(service=wanted.service, starts_at=starts_at)
    occupy(holder=session, resource_ids=won.resource_ids, starts_at=from_at, ends_at=until_at)
    return session


def _seat_of_standing(wanted: Wanted) -> WonSeat | None:
    own = wanted.ignoring.session_id if wanted.ignoring else None
    for session in sorted(_standing(wanted), key=lambda one: (-one.taken.count(), one.pk)):
        if session.pk == own:
            continue
        try:
            with transaction.atomic():
                return _locked_seat(wanted, session)
        except _Full:
            continue
    return None


def _locked_seat(wanted: Wanted, session: Session) -> WonSeat:
    lock_keys(resource_ids=[session.pk, *wanted.also_free], also=wanted.also_lock)
    session.refresh_from_db(fields=["seats", "cancelled_at"])
    taken = set(Seat.objects.filter(session=session).values_list("number", flat=True))
    free = next((n for n in range(1, session.seats + 1) if n not in taken), None)
    if free is None or session.cancelled_at is not None:
        raise _Full
    return WonSeat(session, free, {"reason": AssignmentReason.ASKED_FOR.value})


def _standing(wanted: Wanted) -> QuerySet[Session]:
    return Session.objects.filter(
        service=wanted.service,
        location=wanted.location,
        professional__in=wanted.supply.professional_ids,
        starts_at=wanted.starts_at,
        cancelled_at__isnull=True,
    )
