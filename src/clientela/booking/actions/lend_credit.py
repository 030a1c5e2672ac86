"""Use a credit of somebody of the household for an appointment that waits for one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.booking.actions.credit import use_credit
from clientela.booking.actions.move_to import lock_appointment
from clientela.booking.causes import cause_of
from clientela.booking.errors import CreditNotLent, NotPending
from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import changed_by
from clientela.booking.queries.lendable import may_settle, planned_loan
from clientela.ledger.errors import CreditGone
from clientela.people.models import Client
from clientela.people.queries.credit_lenders import credit_lenders
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.rules.change_policy import ChangedBy
from clientela.rules.redemption_state import RedemptionState


def lend_credit(
    *, appointment: Appointment, lender: Client, account: Account | None, by: Actor, now: datetime
) -> Appointment:
    """Let a credit of ``lender`` stand for an appointment of another card, and return the appointment.

    It is asked for each time: no credit is ever lent by itself. ``account`` is the person who asks; the business's own
    people ask without one. Which credit it is decides ``rules/redemption.py``. It stays with the appointment when the
    leave is taken back, and goes back to the lender when the appointment lets it go. Refuses ``NotPending`` when the
    appointment waits for none, ``CreditNotLent`` when it is not theirs to say or the lender does not let them,
    ``CreditGone`` when the lender has none for it, ``NotYours`` and ``StaleState``.
    """
    account_id = who_asks(account, by=by)
    with transaction.atomic():
        current = lock_appointment(appointment, lender_id=lender.pk)
        if current.redemption != RedemptionState.PENDING:
            raise NotPending
        if not may_settle(appointment=current, account_id=account_id):
            raise CreditNotLent
        if lender not in credit_lenders(client_id=current.client_id, account_id=account_id):
            raise CreditNotLent
        failpoint("booking.lend.allowed")
        planned = planned_loan(appointment=current, lender=lender)
        if planned is None:
            raise CreditGone(cause=cause_of(current.pk))
        use_credit(planned=planned, appointment=current, lent=True, now=now)
        note(
            action="credit-lent",
            subject=current,
            by=by,
            now=now,
            details={"lender": str(lender.pk), "grant": str(planned.grant_id)},
        )
        failpoint("booking.lend.before-commit")
    return current


def who_asks(account: Account | None, *, by: Actor) -> UUID | None:
    """Return who asks for themselves, or ``None`` for the business; a guest has no household."""
    if changed_by(by) is ChangedBy.STAFF:
        return None
    if account is None:
        raise CreditNotLent
    check_own(account=account, by=by)
    return account.pk
