"""Write down money that came."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.ledger.actions.check_amount import checked_amount
from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.actions.settle_state import locked_sale, settle_state
from clientela.ledger.errors import AlreadyRecorded, CurrencyDiffers, PaidTooMuch
from clientela.ledger.events import PaymentRefunded, PaymentTaken
from clientela.ledger.models import AccountKind, LedgerAccount, Method, Payment, PaymentKind, Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.ledger.units import MOST_MINOR
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record


def record_payment(  # noqa: PLR0913 -- a payment's columns: the caller has decided each
    *,
    sale: Sale | None,
    method: Method,
    amount_minor: int,
    currency: str,
    business_id: UUID,
    provider: str = "",
    provider_ref: str = "",
    paid_on: date,
    by: Actor,
    now: datetime,
    note: str = "",
) -> Payment:
    """Write a payment, move it to the till of its method, and bring the sale's state up to date.

    In the caller's transaction, which holds ``lock_credits``. Without a sale it is money for something that
    could not be given any more, and stays unapplied until it is refunded. Refuses ``SaleOver`` for a void
    sale, ``PaidTooMuch`` (more than is due), ``CurrencyDiffers``, ``AlreadyRecorded`` (this reference of the
    provider) and ``AmountRefused``.
    """
    checked_amount(amount_minor, field="amount_minor", least=1, most=MOST_MINOR)
    current = None if sale is None else _payable(sale, amount_minor, currency)
    payment = write_payment(
        Payment(
            business_id=business_id,
            sale=current,
            kind=PaymentKind.PAYMENT,
            method=method,
            amount_minor=amount_minor,
            currency=currency,
            provider=provider,
            provider_ref=provider_ref,
            paid_on=paid_on,
            recorded_at=now,
            by_kind=by.kind.value,
            by_account_id=by.account_id,
            note=note,
        )
    )
    failpoint("ledger.payment.before-movement")
    post(
        business_id=business_id,
        from_account=counterpart(payment),
        to_account=till(payment),
        amount=amount_minor,
        cause=f"payment:{payment.pk}",
        happened_on=paid_on,
        now=now,
    )
    if sale is not None and current is not None:
        settle_state(current, asked=sale, now=now)
        tell(kind=PaymentTaken, payment=payment, of=current, now=now)
    return payment


def _payable(sale: Sale, amount_minor: int, currency: str) -> Sale:
    """Return the sale, locked, if it can take this payment."""
    current = locked_sale(sale)
    if current.currency != currency:
        raise CurrencyDiffers(wanted=current.currency)
    due = sums_of(current).due
    if amount_minor > due:
        raise PaidTooMuch(field="amount_minor", due=due)
    return current


def write_payment(payment: Payment) -> Payment:
    """Insert a payment or refund; refuses ``AlreadyRecorded`` when the provider's reference is there."""
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        same = Payment.objects.filter(
            business=payment.business_id,
            provider=payment.provider,
            provider_ref=payment.provider_ref,
            kind=payment.kind,
        )
        if payment.provider_ref and same.exists():
            raise AlreadyRecorded from error
        raise
    return payment


def tell(
    *, kind: type[PaymentTaken | PaymentRefunded], payment: Payment, of: Sale, now: datetime
) -> None:
    """Record that money of a sale came or went back."""
    record(
        kind(
            business_id=of.business_id,
            sale_id=of.pk,
            client_id=of.client_id,
            payment_id=payment.pk,
        ),
        now=now,
    )


def till(payment: Payment) -> LedgerAccount:
    """Return the account of the money of a payment's method."""
    return open_account(
        business_id=payment.business_id,
        kind=AccountKind.TILL,
        unit=payment.currency,
        key=payment.method,
    )


def counterpart(payment: Payment) -> LedgerAccount:
    """Return the account a payment is taken from: what is owed for its sale, or what came for nothing."""
    if payment.sale_id is None:
        return open_account(
            business_id=payment.business_id, kind=AccountKind.UNAPPLIED, unit=payment.currency
        )
    return open_account(
        business_id=payment.business_id,
        kind=AccountKind.OWED,
        unit=payment.currency,
        key=str(payment.sale_id),
    )
