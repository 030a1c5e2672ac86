"""Call a group session off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from clientela.booking.actions.cancel import tell_cancelled
from clientela.booking.actions.credit import STAFF_CANCELLED, settle_credit
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.move_to import appointment_key, move_to
from clientela.booking.actions.occupy import vacate
from clientela.booking.actions.staff_only import require_business
from clientela.booking.actions.win_time import lock_keys
from clientela.booking.causes import cause_of
from clientela.booking.errors import StaleState
from clientela.booking.events import SessionCancelled
from clientela.booking.models import NOT_PAID, Appointment, MarkedFor, Seat, Session, Status
from clientela.ledger.locks import lock_credits_of
from clientela.ledger.queries.credit_owners import credit_owners
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.outbox import record
from clientela.rules.lifecycle import OPEN
from clientela.rules.redemption_state import RedemptionState

BECAUSE: Final = "session-cancelled"
_STANDS: Final = [one.value for one in OPEN | {Status.HELD}]


def cancel_session(
    *, session: Session, by: Actor, door: str, reason_text: str = "", now: datetime
) -> Session:
    """Cancel a session with every open appointment in it, each told of by itself; their credits go back.

    A seat that is only held while its client pays is given back in silence. Twice changes nothing.
    Refuses ``StaffOnly`` and ``StaleState``.
    """
    require_business(by)
    with transaction.atomic():
        held = session.occupancies.values_list("resource_id", flat=True)
        booked = Appointment.objects.filter(session=session)
        lock_keys(resource_ids=[session.pk, *held], also=[appointment_key(one) for one in booked])
        owners = _owners(booked)
        lock_credits_of(client_ids={one.client_id for one in booked} | owners)
        if owners and not _owners(booked) <= owners:
            raise StaleState  # a card was joined to another while we waited
        current = Session.objects.get(pk=session.pk)
        if current.cancelled_at is not None:
            return current
        current.cancelled_at = now
        current.save(update_fields=["cancelled_at"])
        called_off = list(booked.filter(status__in=_STANDS).select_related("service"))
        for appointment in called_off:
            _call_off(appointment, door=door, text=reason_text, by=by, now=now)
        mark_appointments(
            business_id=current.business_id,
            client_ids=[one.client_id for one in called_off],
            marked_for=MarkedFor.CHANGED,
            by=by,
            now=now,
        )
        vacate(holder=current)
        note(action="session-cancelled", subject=current, by=by, now=now, reason=reason_text)
        record(
            SessionCancelled(
                business_id=current.business_id, session_id=current.pk, by=by.kind.value
            ),
            now=now,
        )
    return current


def _owners(booked: Iterable[Appointment]) -> set[UUID]:
    """Return whose credits stand for them, if any may have one; their locks are ours, so none is lent meanwhile."""
    causes = [cause_of(one.pk) for one in booked if one.redemption != RedemptionState.NONE]
    return credit_owners(causes=causes) if causes else set()


def _call_off(appointment: Appointment, *, door: str, text: str, by: Actor, now: datetime) -> None:
    """End one appointment of the session; of a held one nobody is told."""
    was_held = appointment.status == Status.HELD
    move_to(
        appointment=appointment,
        new=Status.CANCELLED,
        now=now,
        cancelled_at=now,
        cancelled_because=NOT_PAID if was_held else BECAUSE,
    )
    Seat.objects.filter(appointment=appointment).delete()
    if was_held:
        details = {"because": BECAUSE}
        note(action="hold-ended", subject=appointment, by=by, now=now, details=details)
        return
    had_credit = settle_credit(appointment=appointment, outcome=STAFF_CANCELLED, now=now)
    tell_cancelled(
        appointment,
        because=BECAUSE,
        credit=STAFF_CANCELLED if had_credit else None,
        door=door,
        text=text,
        by=by,
        now=now,
    )
