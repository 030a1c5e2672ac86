"""Take back that a credit was lost."""

from __future__ import annotations

from datetime import datetime

from clientela.ledger.actions.move_credit import REINSTATE, move_credit
from clientela.ledger.actions.standing import standing_redemption, turn_forfeited
from clientela.ledger.models import Redemption


def unforfeit_credit(*, cause: str, now: datetime) -> Redemption:
    """Count the lost credit of ``cause`` as used again, as if its appointment took place.

    The caller holds ``lock_credits``. Refuses ``NotRedeemed`` when no lost credit stands for it.
    """
    redemption = turn_forfeited(standing_redemption(cause), lost=False)
    move_credit(redemption, step=REINSTATE, now=now)
    return redemption
