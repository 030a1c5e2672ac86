"""Take back a part of a sale's price."""

from __future__ import annotations

from datetime import datetime

from clientela.ledger.actions.check_amount import checked_amount
from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.actions.settle_state import locked_sale, settle_state
from clientela.ledger.errors import ReturnedTooMuch
from clientela.ledger.models import AccountKind, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.units import MOST_MINOR
from clientela.rules.tax import Parts, split_tax


def return_price(*, sale: Sale, amount_minor: int, now: datetime) -> Parts:
    """Take back ``amount_minor`` of the price: what a credit note says. Return its net and tax.

    The tax of all that was taken back is always the tax contained in that sum, so that the last note leaves
    exactly nothing. The money itself goes back by ``record_refund``; the credits stay. In the caller's
    transaction, which holds ``lock_credits``. Refuses ``SaleOver``, ``ReturnedTooMuch`` and ``AmountRefused``.
    """
    checked_amount(amount_minor, field="amount_minor", least=1, most=MOST_MINOR)
    current = locked_sale(sale)
    left = current.price_minor - current.returned_minor
    if amount_minor > left:
        raise ReturnedTooMuch(field="amount_minor", left=left)
    parts = give_back_price(sale=current, amount_minor=amount_minor, now=now)
    settle_state(current, asked=sale, now=now)
    return parts


def give_back_price(*, sale: Sale, amount_minor: int, now: datetime) -> Parts:
    """Move a part of the price of a locked sale back to where it came from; the caller settles its state."""
    before = split_tax(sale.returned_minor, sale.tax_basis_points)
    sale.returned_minor += amount_minor
    after = split_tax(sale.returned_minor, sale.tax_basis_points)
    parts = Parts(net=after.net - before.net, tax=after.tax - before.tax)
    day = max(business_day(business_id=sale.business_id, now=now), sale.sold_on)
    for kind, amount in ((AccountKind.EARNED, parts.net), (AccountKind.TAX, parts.tax)):
        if not amount:
            continue
        target = open_account(business_id=sale.business_id, kind=kind, unit=sale.currency)
        owed = open_account(
            business_id=sale.business_id,
            kind=AccountKind.OWED,
            unit=sale.currency,
            key=str(sale.pk),
        )
        post(
            business_id=sale.business_id,
            from_account=owed,
            to_account=target,
            amount=amount,
            cause=f"sale:{sale.pk}:returned-to-{sale.returned_minor}:{kind.value}",
            happened_on=day,
            now=now,
        )
    return parts
