"""Let a credit be lost."""

from __future__ import annotations

from datetime import datetime

from clientela.ledger.actions.move_credit import FORFEIT, move_credit
from clientela.ledger.actions.standing import standing_redemption, turn_forfeited
from clientela.ledger.models import Redemption


def forfeit_credit(*, cause: str, now: datetime) -> Redemption:
    """Mark the credit that stands for ``cause`` as lost: cancelled late, or missed. It stays used.

    The caller holds ``lock_credits``. Refuses ``NotRedeemed`` when none stands or it is lost already.
    """
    redemption = turn_forfeited(standing_redemption(cause), lost=True)
    move_credit(redemption, step=FORFEIT, now=now)
    return redemption
