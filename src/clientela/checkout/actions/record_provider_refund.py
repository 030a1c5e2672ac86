"""Write down money that a provider gave back, whether we ordered it or it did so by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.checkout.models import OrderState, RefundOrder
from clientela.ledger.actions.record_refund import record_refund
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Method, Payment, PaymentKind
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock

BY: Final = Actor.system("online-payment")


def record_provider_refund(
    *, payment: Payment, amount_minor: int, refund_ref: str, order: UUID | None, now: datetime
) -> bool:
    """Record a refund once, by its name at the provider, and settle the order that asked for it.

    In the caller's transaction; the answer to our own call and the provider's news of it may come in either
    order. False if it was recorded before. Refuses ``RefundTooMuch``.
    """
    if payment.sale is not None:
        lock_credits(payment.sale.client_id)
    lock(keys=[f"refunds:{payment.pk}"])
    settled = _settle_order(payment, refund_ref=refund_ref, order=order, now=now)
    if Payment.objects.filter(
        business=payment.business_id,
        provider=payment.provider,
        provider_ref=refund_ref,
        kind=PaymentKind.REFUND,
    ).exists():
        return False
    refund = record_refund(
        payment=payment,
        amount_minor=amount_minor,
        paid_on=business_day(business_id=payment.business_id, now=now),
        method=Method.ONLINE,
        provider_ref=refund_ref,
        by=BY,
        now=now,
    )
    note(
        action="payment-refunded",
        subject=payment.sale or payment,
        by=BY,
        now=now,
        details={
            "payment": refund.pk,
            "method": Method.ONLINE,
            "amount_minor": amount_minor,
            "ordered": settled,
        },
    )
    return True


def _settle_order(payment: Payment, *, refund_ref: str, order: UUID | None, now: datetime) -> bool:
    """Mark the order that this refund carries out; False if we ordered none."""
    if order is None:
        return False
    return bool(
        RefundOrder.objects.filter(pk=order, payment=payment)
        .exclude(state=OrderState.DONE)
        .update(
            state=OrderState.DONE,
            provider_ref=refund_ref,
            reason="",
            try_at=None,
            settled_at=now,
        )
    )
