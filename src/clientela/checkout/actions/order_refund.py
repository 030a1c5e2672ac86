"""Order that online money goes back: a row, carried out by the worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.checkout.errors import MethodRefused
from clientela.checkout.models import PaymentAttempt, ProviderAccount, RefundOrder
from clientela.checkout.queries.money_left import orderable
from clientela.ledger.errors import RefundTooMuch
from clientela.ledger.models import Payment
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def order_refund(
    *, payment: Payment, amount_minor: int, because: str, by: Actor, now: datetime
) -> RefundOrder:
    """Write that the provider is to give back ``amount_minor`` of an online payment, due at once.

    In the caller's transaction, which holds ``lock_credits`` of the payment's client where there is one; no
    provider is asked here. ``because`` is a word. Refuses ``RefundTooMuch`` beyond what is neither refunded nor
    ordered, and ``MethodRefused`` when no account of the provider is known.
    """
    left = orderable(payment)
    if not 0 < amount_minor <= left:
        raise RefundTooMuch(field="amount_minor", left=left)
    order = RefundOrder.objects.create(
        business_id=payment.business_id,
        provider_account_id=_account_of(payment),
        payment=payment,
        amount_minor=amount_minor,
        because=because,
        ordered_at=now,
        try_at=now,
        by_kind=by.kind.value,
        by_account_id=by.account_id,
    )
    note(
        action="refund-ordered",
        subject=payment,
        by=by,
        now=now,
        reason=because,
        details={"order": order.pk, "amount_minor": amount_minor},
    )
    return order


def _account_of(payment: Payment) -> UUID:
    """Return the account the money came by: of its attempt, else the newest of its provider."""
    by_attempt = (
        PaymentAttempt.objects.filter(
            business=payment.business_id,
            payment_ref=payment.provider_ref,
            provider_account__provider=payment.provider,
        )
        .values_list("provider_account_id", flat=True)
        .first()
    )
    newest = ProviderAccount.objects.filter(
        business=payment.business_id, provider=payment.provider
    ).order_by("-created_at")
    found = by_attempt or newest.values_list("pk", flat=True).first()
    if found is None:
        raise MethodRefused(field="method")
    return found
