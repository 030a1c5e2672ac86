"""Write down money that came for nothing we can give, and order it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.checkout.models import OrderState, PaymentAttempt, RefundOrder
from clientela.checkout.payment_events import PaymentReturned
from clientela.checkout.providers.port import Told
from clientela.ledger.actions.record_payment import record_payment
from clientela.ledger.models import Method
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record

BY: Final = Actor.system("online-payment")


def return_money(*, attempt: PaymentAttempt, told: Told, reason: str, now: datetime) -> None:
    """Record the payment without a sale and order all of it back, in the caller's transaction.

    So the money is in the ledger from the moment it came, and its way back cannot be forgotten. A card that was
    only kept moved no money: nothing happens. ``reason`` is the word the client is told.
    """
    amount = attempt.amount_minor
    if not amount:
        return
    payment = record_payment(
        sale=None,
        method=Method.ONLINE,
        amount_minor=amount,
        currency=attempt.currency,
        business_id=attempt.business_id,
        provider=attempt.provider_account.provider,
        provider_ref=told.payment_ref,
        paid_on=business_day(business_id=attempt.business_id, now=now),
        by=BY,
        now=now,
    )
    failpoint("checkout.refund.unapplied")
    # The account is the attempt's own, whichever the business uses by now.
    order = RefundOrder.objects.create(
        business_id=attempt.business_id,
        provider_account_id=attempt.provider_account_id,
        payment=payment,
        amount_minor=amount,
        because=reason,
        state=OrderState.ORDERED,
        ordered_at=now,
        try_at=now,
        by_kind=BY.kind.value,
    )
    note(
        action="payment-returned",
        subject=attempt,
        by=BY,
        now=now,
        reason=reason,
        details={"payment": payment.pk, "order": order.pk, "amount_minor": amount},
    )
    record(
        PaymentReturned(
            business_id=attempt.business_id,
            client_id=attempt.client_id,
            attempt_id=attempt.pk,
            payment_id=payment.pk,
        ),
        now=now,
    )
