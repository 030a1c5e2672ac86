"""Cancel an appointment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.credit import settle_credit, told_of_credit
from clientela.booking.actions.give_back import give_back
from clientela.booking.actions.mark_appointments import mark_again
from clientela.booking.actions.move_to import lock_appointment, move_to
from clientela.booking.errors import ChangeRefused
from clientela.booking.events import AppointmentCancelled
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import changed_by, credit_policy, options_of
from clientela.business.models import BookingPolicy
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record
from clientela.rules.credit_outcome import CreditOutcome, credit_on_cancel


def cancel_appointment(
    *,
    appointment: Appointment,
    by: Actor,
    door: str,
    reason_text: str = "",
    forfeits: bool | None = None,
    now: datetime,
) -> Appointment:
    """Cancel, and give back its time or seat, if the policy lets this actor; else ``ChangeRefused``.

    Its credit goes back or is forfeited as the policy says; staff may say so themselves (``forfeits``: the
    client cancelled late, or is let off). The values are the business's (``BookingPolicy``, overridden by the
    service); the rules are ``rules/cancellation.py`` and ``rules/credit_outcome.py``, asked inside the transaction
    for every door. Cancelling what is cancelled already returns it unchanged: a double click is not an error.
    """
    with transaction.atomic():
        current = lock_appointment(appointment)
        if current.status == Status.CANCELLED:
            return current
        policy = BookingPolicy.objects.filter(business=current.business_id).first()
        options = options_of(appointment=current, policy=policy, now=now, by=by)
        if not options.cancel.allowed:
            raise ChangeRefused(
                options.cancel.reason.value,
                closes_at=options.cancel.closes_at,
                contact=options.contact,
            )
        because = options.cancel.reason.value
        move_to(
            appointment=current,
            new=Status.CANCELLED,
            now=now,
            cancelled_at=now,
            cancelled_because=because,
        )
        give_back(current, now=now)
        outcome = credit_on_cancel(
            policy=credit_policy(current, policy=policy),
            starts_at=current.starts_at,
            now=now,
            by=changed_by(by),
            forfeits=forfeits,
        )
        had_credit = settle_credit(appointment=current, outcome=outcome, now=now)
        mark_again(appointment=current, by=by, now=now)
        tell_cancelled(
            current,
            because=because,
            credit=outcome if had_credit else None,
            door=door,
            text=reason_text,
            by=by,
            now=now,
        )
        failpoint("booking.cancel.before-commit")
    return current


def tell_cancelled(
    appointment: Appointment,
    *,
    because: str,
    credit: CreditOutcome | None,
    door: str,
    text: str,
    by: Actor,
    now: datetime,
) -> None:
    """Audit and record a cancellation, with what became of its credit; the caller's transaction."""
    note(
        action="appointment-cancelled",
        subject=appointment,
        by=by,
        now=now,
        reason=text,
        details={"because": because, "door": door, **told_of_credit(credit)},
    )
    record(
        AppointmentCancelled(
            business_id=appointment.business_id,
            appointment_id=appointment.pk,
            sequence=appointment.sequence,
            by=by.kind.value,
            because=because,
        ),
        now=now,
    )
