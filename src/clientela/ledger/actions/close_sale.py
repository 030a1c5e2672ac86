"""End a sale: take back its credits and its price."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.actions.release_credit import release
from clientela.ledger.actions.return_price import give_back_price
from clientela.ledger.actions.settle_state import locked_sale, settle_state
from clientela.ledger.events import SaleEnded
from clientela.ledger.models import AccountKind, Grant, Movement, Redemption, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.outbox import record


def close_sale(*, sale: Sale, because: str, by: Actor, now: datetime) -> list[str]:
    """Void a sale and return the causes whose credits were taken away, in the order of their days.

    Every standing redemption is released, the forfeited too, the grant is closed, and what was left of the
    price is taken back: the sale is ``void``, or ``refunded`` if anything was ever paid. The money itself is
    refunded by the caller in the same act. In the caller's transaction, which holds ``lock_credits``.
    Refuses ``SaleOver``.
    """
    current = locked_sale(sale)
    released = _take_back_credits(current, now=now)
    failpoint("ledger.close.before-price")
    if current.price_minor > current.returned_minor:
        left = current.price_minor - current.returned_minor
        give_back_price(sale=current, amount_minor=left, now=now)
    current.voided_at = now
    current.voided_because = because
    settle_state(current, asked=sale, now=now)
    record(
        SaleEnded(
            business_id=current.business_id,
            sale_id=current.pk,
            client_id=current.client_id,
            by=by.kind.value,
        ),
        now=now,
    )
    return released


def _take_back_credits(sale: Sale, *, now: datetime) -> list[str]:
    """Release what the sale's grant redeemed, and close it."""
    grant = Grant.objects.filter(sale=sale, closed_at__isnull=True).first()
    if grant is None:
        return []
    standing = (
        Redemption.objects.select_related("grant")
        .filter(grant=grant, released_at__isnull=True)
        .order_by("on", "cause")
    )
    released = [release(one, now=now).cause for one in standing]
    usable = open_account(
        business_id=grant.business_id, kind=AccountKind.OPEN, unit=grant.unit, key=str(grant.pk)
    )
    last = Movement.objects.filter(to_account=usable).aggregate(
        day=Max("happened_on"), known=Max("recorded_at")
    )
    post(
        business_id=grant.business_id,
        from_account=usable,
        to_account=open_account(
            business_id=grant.business_id, kind=AccountKind.ISSUED, unit=grant.unit
        ),
        amount=grant.credits,
        cause=f"sale:{sale.pk}:taken-back",
        happened_on=max(business_day(business_id=grant.business_id, now=now), last["day"]),
        now=max(now, last["known"]),
    )
    grant.closed_at = now
    grant.save(update_fields=["closed_at"])
    return released
