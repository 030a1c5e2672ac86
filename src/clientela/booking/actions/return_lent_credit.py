"""Give a lent credit back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.booking.actions.credit import let_wait
from clientela.booking.actions.lend_credit import who_asks
from clientela.booking.actions.move_to import lock_appointment
from clientela.booking.causes import cause_of
from clientela.booking.errors import ChangeRefused, CreditNotLent
from clientela.booking.models import Appointment
from clientela.booking.queries.change_options import contact_of
from clientela.booking.queries.lendable import may_settle
from clientela.booking.queries.lent import lenders_of
from clientela.ledger.errors import NotRedeemed
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.rules.change_policy import ChangeReason
from clientela.rules.redemption_state import RedemptionState


def return_lent_credit(
    *, appointment: Appointment, account: Account | None, by: Actor, now: datetime
) -> Appointment:
    """Let the credit that another lent for an appointment be theirs again at once, and return the appointment.

    It waits for a credit again, and uses its client's own if there is one by now; the lender's redeems what waits
    there. Whoever may choose whose credit it uses may do it before it begins, the business's own people afterwards as
    well. Refuses ``NotRedeemed`` when no lent credit stands for it or it was forfeited, ``CreditNotLent`` when it is not
    theirs to say, ``ChangeRefused`` (``already-past``), ``NotYours`` and ``StaleState``.
    """
    account_id = who_asks(account, by=by)
    with transaction.atomic():
        current = lock_appointment(appointment)
        if not may_settle(appointment=current, account_id=account_id):
            raise CreditNotLent
        lender = lenders_of(appointment_ids=[current.pk]).get(current.pk)
        if lender is None or current.redemption != RedemptionState.REDEEMED:
            raise NotRedeemed(cause=cause_of(current.pk))
        if account_id is not None and now >= current.starts_at:
            raise ChangeRefused(ChangeReason.ALREADY_PAST.value, contact=contact_of(current))
        let_wait(current, now=now)
        note(
            action="lent-credit-returned",
            subject=current,
            by=by,
            now=now,
            details={"lender": str(lender.pk)},
        )
    return current
