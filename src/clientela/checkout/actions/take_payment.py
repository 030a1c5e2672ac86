"""Take money for a sale."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from clientela.checkout.actions.check_money import require_seller
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.actions.receive import receive
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method, Payment, Sale
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.idempotency import claim


def take_payment(
    *,
    sale: Sale,
    method: Method,
    amount_minor: int,
    paid_on: date | None = None,
    note: str = "",
    idempotency_key: str | None = None,
    by: Actor,
    now: datetime,
) -> Payment:
    """Note money that was handed over at the desk, in part or all that is due; the sale's state follows.

    ``paid_on`` is today unless staff note an earlier day, at most a year back; it changes nothing about the
    day from which the sale counts. The same ``idempotency_key`` with the same wish returns the same payment.
    Refuses ``StaffOnly``, ``MethodRefused``, ``PaidOnRefused``, ``AmountRefused``, ``PaidTooMuch`` (the fact
    ``due`` says how much is) and ``SaleOver``. ``sale`` is brought up to date.
    """
    require_seller(by=by)
    taken = Taken(method=method, amount_minor=amount_minor, paid_on=paid_on, note=note)
    with transaction.atomic():
        claimed = None
        if idempotency_key:
            claimed = claim(
                owner=f"{sale.business_id}:pay:{by.kind.value}:{by.account_id or by.label}",
                key=idempotency_key,
                fingerprint=[sale.pk, method, amount_minor, paid_on],
                now=now,
            )
            if claimed.replayed:
                return Payment.objects.get(pk=UUID(claimed.result["payment"]))
        lock_sale(sale)
        failpoint("checkout.pay.locked")
        payment = receive(sale=sale, taken=taken, by=by, now=now)
        failpoint("checkout.pay.before-commit")
        if claimed:
            claimed.keep({"payment": str(payment.pk)})
    return payment
