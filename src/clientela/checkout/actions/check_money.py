"""What money must be before it is noted; the actions of this room use it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.booking.actions.staff_only import require_business
from clientela.business.models import SalesPolicy
from clientela.checkout.errors import MethodRefused, PaidOnRefused
from clientela.checkout.taken import Taken
from clientela.ledger.errors import AmountRefused
from clientela.ledger.models import Method
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.units import MOST_MINOR
from clientela.platform.actor import Actor

LATE_NOTES: Final = timedelta(days=365)
"""How long after a payment staff may still note it."""
_SWITCHES: Final = {
    Method.CASH: "takes_cash",
    Method.TERMINAL: "takes_terminal",
    Method.TRANSFER: "takes_transfer",
}


def whole_amount(amount: object, *, field: str, least: int = 0, most: int = MOST_MINOR) -> int:
    """Return an amount that is a whole number of minor units within its bounds.

    Refuses ``AmountRefused`` anything else: a fraction, a text, a truth, what is not a number at all.
    """
    if type(amount) is not int or not least <= amount <= most:
        raise AmountRefused(field=field, least=least, most=most)
    return amount


def require_seller(*, by: Actor, taken: Taken | None = None) -> None:
    """Refuse ``StaffOnly`` unless the business acts, or the money of an online purchase has arrived."""
    if taken is None or not taken.is_online:
        require_business(by)


def checked_method(method: Method, *, business_id: UUID) -> Method:
    """Return a method by which the business takes money at the desk; refuses ``MethodRefused``.

    Online money is not noted by hand: it arrives with the provider's reference.
    """
    switch = _SWITCHES.get(method)
    policy = SalesPolicy.objects.filter(business=business_id).first() or SalesPolicy()
    if switch is None or not getattr(policy, switch):
        raise MethodRefused(field="method")
    return method


def checked_day(paid_on: date | None, *, business_id: UUID, now: datetime) -> date:
    """Return the local day of a payment, today unless said otherwise; refuses ``PaidOnRefused``.

    The payment's own day is another fact than the day from which the sale counts.
    """
    today = business_day(business_id=business_id, now=now)
    if paid_on is None:
        return today
    if not today - LATE_NOTES <= paid_on <= today:
        raise PaidOnRefused(least=today - LATE_NOTES, most=today)
    return paid_on
