"""Let a credit serve the same cause on another day."""

from __future__ import annotations

from datetime import date

from clientela.ledger.actions.standing import standing_redemption
from clientela.ledger.errors import NotRedeemed
from clientela.ledger.models import Redemption


def redate_credit(*, cause: str, on: date) -> Redemption:
    """Write down that what ``cause`` stands for has moved to the day ``on``; the same credit stays used.

    Nothing moves in the books: the credit was used when it was used. Whether its grant covers the day is the
    caller's question (``rules/redemption.py``), under ``lock_credits``. Refuses ``NotRedeemed``.
    """
    redemption = standing_redemption(cause)
    moved = Redemption.objects.filter(pk=redemption.pk, released_at__isnull=True).update(on=on)
    if not moved:
        raise NotRedeemed(cause=cause)
    redemption.on = on
    return redemption
