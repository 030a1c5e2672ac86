"""Move units from one account to another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.ledger.errors import AlreadyPosted
from clientela.ledger.models import LedgerAccount, Movement


def post(
    *,
    business_id: UUID,
    from_account: LedgerAccount,
    to_account: LedgerAccount,
    amount: int,
    cause: str,
    happened_on: date,
    now: datetime,
) -> Movement:
    """Add a movement of ``amount`` whole units (more than none), in the caller's transaction.

    Refuses ``AlreadyPosted`` for a cause that moved units before. The accounts are of one unit: the database
    refuses others (``IntegrityError``: a mistake of ours).
    """
    try:
        with transaction.atomic():
            return Movement.objects.create(
                business_id=business_id,
                from_account=from_account,
                to_account=to_account,
                unit=from_account.unit,
                amount=amount,
                cause=cause,
                happened_on=happened_on,
                recorded_at=now,
            )
    except IntegrityError as error:
        if Movement.objects.filter(business=business_id, cause=cause).exists():
            raise AlreadyPosted(cause=cause) from error
        raise
