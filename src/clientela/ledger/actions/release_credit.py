"""Give a credit back to its grant."""

from __future__ import annotations

from datetime import datetime

from clientela.ledger.actions.move_credit import RELEASE, RELEASE_FORFEITED, move_credit
from clientela.ledger.actions.standing import standing_redemption
from clientela.ledger.errors import NotRedeemed
from clientela.ledger.models import Redemption


def release_credit(*, cause: str, now: datetime) -> Redemption:
    """Return the credit that stands for ``cause`` to its own grant, also a forfeited one.

    The caller holds ``lock_credits``. Refuses ``NotRedeemed`` when none stands.
    """
    return release(standing_redemption(cause), now=now)


def release(redemption: Redemption, *, now: datetime) -> Redemption:
    """End a redemption; refuses ``NotRedeemed`` if somebody else just did."""
    ended = Redemption.objects.filter(pk=redemption.pk, released_at__isnull=True).update(
        released_at=now
    )
    if not ended:
        raise NotRedeemed(cause=redemption.cause)
    step = RELEASE_FORFEITED if redemption.forfeited else RELEASE
    move_credit(redemption, step=step, now=now)
    redemption.released_at = now
    return redemption
