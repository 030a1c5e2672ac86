"""Noting money for a sale inside the transaction of an act; selling and paying end here."""

from __future__ import annotations

from datetime import datetime

from clientela.business.plain_text import line
from clientela.checkout.actions.check_money import checked_day, checked_method, whole_amount
from clientela.checkout.taken import Taken
from clientela.ledger.actions.record_payment import record_payment
from clientela.ledger.models import Payment, Sale
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def receive(*, sale: Sale, taken: Taken, by: Actor, now: datetime) -> Payment:
    """Write the payment and its audit line; the caller holds ``lock_credits``.

    Refuses ``MethodRefused``, ``PaidOnRefused``, ``AmountRefused``, and what ``record_payment`` refuses
    (``PaidTooMuch``, ``SaleOver``, ``AlreadyRecorded``).
    """
    amount = whole_amount(taken.amount_minor, field="amount_minor", least=1)
    if not taken.is_online:
        checked_method(taken.method, business_id=sale.business_id)
    payment = record_payment(
        sale=sale,
        method=taken.method,
        amount_minor=amount,
        currency=sale.currency,
        business_id=sale.business_id,
        provider=taken.provider,
        provider_ref=taken.provider_ref,
        paid_on=checked_day(taken.paid_on, business_id=sale.business_id, now=now),
        by=by,
        now=now,
        note=line(taken.note, limit=200),
    )
    note(
        action="payment-taken",
        subject=sale,
        by=by,
        now=now,
        details={
            "payment": payment.pk,
            "method": payment.method,
            "amount_minor": amount,
            "paid_on": payment.paid_on,
        },
    )
    return payment
