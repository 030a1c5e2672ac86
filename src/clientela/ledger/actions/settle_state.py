"""A sale's state follows from its sums; the actions of this room use it."""

from __future__ import annotations

from datetime import datetime

from clientela.ledger.errors import SaleOver
from clientela.ledger.events import SalePaid
from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.platform.outbox import record
from clientela.rules.sale_state import ENDED, SaleState, sale_state


def locked_sale(sale: Sale, *, ended: bool = False) -> Sale:
    """Return the sale as it is now, locked until the transaction ends; refuses a void one unless ``ended``.

    The row is locked beside ``lock_credits``, because a card that is taken up by another changes that key.
    """
    current = Sale.objects.select_for_update().get(pk=sale.pk)
    if not ended and SaleState(current.state) in ENDED:
        raise SaleOver(state=current.state)
    return current


def settle_state(sale: Sale, *, asked: Sale, now: datetime) -> Sale:
    """Write what the payments and credit notes of a locked sale make of its state; tell when it was paid.

    ``asked``, the caller's own copy, is brought up to date with it.
    """
    sums = sums_of(sale)
    state = sale_state(
        price=sale.price_minor,
        returned=sale.returned_minor,
        paid=sums.paid,
        refunded=sums.refunded,
        voided=sale.voided_at is not None,
    )
    if state is SaleState.PAID and sale.state != state:
        record(
            SalePaid(business_id=sale.business_id, sale_id=sale.pk, client_id=sale.client_id),
            now=now,
        )
    sale.state = state
    sale.changed_at = now
    sale.save(
        update_fields=["state", "changed_at", "returned_minor", "voided_at", "voided_because"]
    )
    for name in ("state", "changed_at", "returned_minor", "voided_at", "voided_because"):
        setattr(asked, name, getattr(sale, name))
    return sale
