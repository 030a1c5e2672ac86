"""Give back a part of what a sale cost."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.staff_only import require_business
from clientela.business.plain_text import line
from clientela.checkout.actions.check_money import whole_amount
from clientela.checkout.actions.credit_note import credit_part
from clientela.checkout.actions.give_money_back import give_money_back
from clientela.checkout.actions.lock_sale import lock_sale
from clientela.checkout.errors import ReasonMissing
from clientela.checkout.queries.money_left import owed_back
from clientela.ledger.actions.return_price import return_price
from clientela.ledger.models import Method, Sale
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.idempotency import claim


def refund_sale(
    *,
    sale: Sale,
    amount_minor: int,
    method: Method | None = None,
    because: str,
    idempotency_key: str | None = None,
    by: Actor,
    now: datetime,
) -> Sale:
    """Give back ``amount_minor`` of a sale's money and take as much off its price; the credits stay.

    What the business owes back already (an order that failed, a void sale) is given back first, without
    touching the price again. ``method`` as ``give_money_back`` says. Of an invoiced sale a credit note is
    issued. The same ``idempotency_key`` with the same wish acts once. Refuses ``StaffOnly``,
    ``ReasonMissing``, ``AmountRefused``, ``RefundTooMuch`` (the fact ``left``), ``MethodRefused``.
    """
    require_business(by)
    why = line(because, limit=300)
    if not why:
        raise ReasonMissing(field="because")
    amount = whole_amount(amount_minor, field="amount_minor", least=1)
    with transaction.atomic():
        if idempotency_key and not _is_new(sale, amount, method, idempotency_key, by=by, now=now):
            sale.refresh_from_db()
            return sale
        lock_sale(sale)
        failpoint("checkout.refund.locked")
        off_price = max(0, amount - owed_back(sale))
        returned = give_money_back(
            sale=sale, amount_minor=amount, method=method, because="sale-refunded", by=by, now=now
        )
        if off_price:
            parts = return_price(sale=sale, amount_minor=off_price, now=now)
            failpoint("checkout.refund.price")
            credit_part(sale=sale, parts=parts, because=why, returned=returned, by=by, now=now)
        note(
            action="sale-refunded",
            subject=sale,
            by=by,
            now=now,
            reason=why,
            details={"amount_minor": amount, "off_price_minor": off_price},
        )
        failpoint("checkout.refund.noted")
    return sale


def _is_new(
    sale: Sale, amount: int, method: Method | None, key: str, *, by: Actor, now: datetime
) -> bool:
    """Claim the key for this wish; no, if it was done before."""
    claimed = claim(
        owner=f"{sale.business_id}:refund:{by.kind.value}:{by.account_id or by.label}",
        key=key,
        fingerprint=[sale.pk, amount, method],
        now=now,
    )
    return not claimed.replayed
