"""Write down money that went back."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Sum

from clientela.ledger.actions.check_amount import checked_amount
from clientela.ledger.actions.post import post
from clientela.ledger.actions.record_payment import counterpart, tell, till, write_payment
from clientela.ledger.actions.settle_state import locked_sale, settle_state
from clientela.ledger.errors import RefundTooMuch
from clientela.ledger.events import PaymentRefunded
from clientela.ledger.models import Method, Payment, PaymentKind
from clientela.ledger.units import MOST_MINOR
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint


def record_refund(
    *,
    payment: Payment,
    amount_minor: int,
    paid_on: date,
    method: Method | None = None,
    provider_ref: str = "",
    by: Actor,
    now: datetime,
) -> Payment:
    """Write that ``amount_minor`` of a payment went back, by its own method or another.

    In the caller's transaction, which holds ``lock_credits``. What of the price it takes back is
    ``return_price``'s, and what of the sale ``close_sale``'s; by itself a refund makes the sale owed again.
    Refuses ``RefundTooMuch`` (more than is left of the payment), ``AlreadyRecorded`` and ``AmountRefused``.
    """
    if payment.kind != PaymentKind.PAYMENT:
        raise ValueError("only a payment is refunded")
    checked_amount(amount_minor, field="amount_minor", least=1, most=MOST_MINOR)
    sale = None if payment.sale is None else locked_sale(payment.sale, ended=True)
    left = refundable(Payment.objects.select_for_update().get(pk=payment.pk))
    if amount_minor > left:
        raise RefundTooMuch(field="amount_minor", left=left)
    how = method or Method(payment.method)
    refund = write_payment(
        Payment(
            business_id=payment.business_id,
            sale=sale,
            kind=PaymentKind.REFUND,
            method=how,
            amount_minor=amount_minor,
            currency=payment.currency,
            provider=payment.provider if how == payment.method else "",
            provider_ref=provider_ref,
            refund_of=payment,
            paid_on=paid_on,
            recorded_at=now,
            by_kind=by.kind.value,
            by_account_id=by.account_id,
        )
    )
    failpoint("ledger.refund.before-movement")
    post(
        business_id=payment.business_id,
        from_account=till(refund),
        to_account=counterpart(payment),
        amount=amount_minor,
        cause=f"refund:{refund.pk}",
        happened_on=paid_on,
        now=now,
    )
    if sale is not None and payment.sale is not None:
        settle_state(sale, asked=payment.sale, now=now)
        tell(kind=PaymentRefunded, payment=refund, of=sale, now=now)
    return refund


def refundable(payment: Payment) -> int:
    """Return how much of a payment has not gone back yet, in minor units."""
    gone = Payment.objects.filter(refund_of=payment).aggregate(total=Sum("amount_minor"))["total"]
    return payment.amount_minor - (gone or 0)
