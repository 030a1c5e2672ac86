"""Use one credit for one cause."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from clientela.ledger.actions.move_credit import REDEEM, move_credit
from clientela.ledger.errors import AlreadyRedeemed, CreditGone
from clientela.ledger.models import Grant, Redemption
from clientela.platform.failpoints import failpoint


def redeem_credit(
    *, grant_id: UUID, number: int, cause: str, on: date, lent: bool = False, now: datetime
) -> Redemption:
    """Use credit ``number`` of a grant for ``cause``, whose day is ``on``; the caller holds ``lock_credits``.

    Which credit it is was decided by ``rules/redemption.py`` after that lock; that it may be ``lent`` to somebody else
    is the caller's to know. Refuses ``CreditGone`` if it is
    used, was never granted, or its grant is closed, and ``AlreadyRedeemed`` if the cause has one.
    """
    grant = Grant.objects.filter(pk=grant_id).first()
    if grant is None:
        raise CreditGone(cause=cause)
    told = Q(cause=cause) | Q(grant=grant, number=number)
    before = list(Redemption.objects.filter(told, business=grant.business_id))
    of_cause = [one for one in before if one.cause == cause]
    if any(one.released_at is None for one in of_cause):
        raise AlreadyRedeemed(cause=cause)
    try:
        with transaction.atomic():
            redemption = Redemption.objects.create(
                business_id=grant.business_id,
                grant=grant,
                number=number,
                cause=cause,
                turn=1 + max((one.turn for one in of_cause), default=0),
                on=on,
                lent=lent,
                redeemed_at=now,
            )
    except IntegrityError as error:
        raise CreditGone(cause=cause) from error
    failpoint("ledger.redeem.before-movement")
    uses = [one for one in before if one.number == number and one.grant_id == grant.pk]
    move_credit(redemption, step=REDEEM, uses_before=uses, now=now)
    return redemption
