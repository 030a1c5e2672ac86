"""Put a group session on the calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from clientela.booking.actions.check_start import require_location
from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.actions.refuse import AskedStart, is_backstop, refusal_of
from clientela.booking.actions.staff_only import require_business
from clientela.booking.actions.win_seat import open_session
from clientela.booking.actions.win_time import NotFree, Wanted, win_time
from clientela.booking.errors import SessionUnsuitable
from clientela.booking.events import SessionScheduled
from clientela.booking.models import Session
from clientela.booking.queries.engine_needs import exact
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.rules.frame import CELL, EPOCH


def schedule_session(  # noqa: PLR0913 -- every fact of a session has its name
    *,
    business: Business,
    service: Service,
    starts_at: datetime,
    professional: Professional | None = None,
    location: Location | None = None,
    seats: int | None = None,
    by: Actor,
    overrides: Overrides | None = None,
    now: datetime,
) -> Session:
    """Take the professional, rooms and machines of a group service for one occurrence with seats.

    ``seats`` defaults to the service's capacity. The start need not be on the service's grid, only on the
    five-minute one. Refuses ``StaffOnly``, ``SessionUnsuitable``, ``SlotTaken`` and ``NotBookable``.
    """
    require_business(by)
    place = require_location(business=business, location=location)
    start = exact(starts_at)
    if not service.is_group or (start - EPOCH) % CELL or (seats is not None and seats < 1):
        raise SessionUnsuitable(field="service")
    asked = AskedStart(
        business,
        service,
        place,
        professional,
        start,
        for_staff=True,
        overrides=overrides or NONE,
        opening=True,
    )
    wanted = Wanted(
        service=service,
        location=place,
        supply=asked.supply(),
        starts_at=start,
        overrides=asked.overrides,
    )
    try:
        with transaction.atomic():
            won = win_time(wanted)
            session = open_session(wanted, won=won, now=now, by_client=False, seats=seats)
            _tell(session, by=by, now=now, overrides=wanted.overrides)
            return session
    except NotFree:
        pass
    except IntegrityError as error:
        if not is_backstop(error):
            raise
    raise refusal_of(asked, now=now)


def _tell(session: Session, *, by: Actor, now: datetime, overrides: Overrides) -> None:
    note(
        action="session-scheduled",
        subject=session,
        by=by,
        now=now,
        details={"starts_at": session.starts_at, "overrides": overrides.named()},
    )
    record(
        SessionScheduled(business_id=session.business_id, session_id=session.pk, by=by.kind.value),
        now=now,
    )
