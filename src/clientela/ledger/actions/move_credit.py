"""The movement behind every step in the life of a credit; the actions of this room use it.

A credit is in one place at a time, on every day and as known at every time. So its movements never run
backwards: each is dated and recorded no earlier than the one before it. With that, no grant's balance is
below nothing or above what was granted, on whatever day and with whatever knowledge it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from clientela.ledger.actions.open_account import open_account
from clientela.ledger.actions.post import post
from clientela.ledger.models import AccountKind, LedgerAccount, Movement, Redemption
from clientela.ledger.queries.business_day import business_day


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a credit: its word in the cause, and from where to where it goes."""

    word: str
    from_kind: AccountKind
    to_kind: AccountKind


REDEEM: Final = Step("redeem", AccountKind.OPEN, AccountKind.USED)
RELEASE: Final = Step("release", AccountKind.USED, AccountKind.OPEN)
RELEASE_FORFEITED: Final = Step("release", AccountKind.FORFEITED, AccountKind.OPEN)
FORFEIT: Final = Step("forfeit", AccountKind.USED, AccountKind.FORFEITED)
REINSTATE: Final = Step("reinstate", AccountKind.FORFEITED, AccountKind.USED)


def move_credit(
    redemption: Redemption, *, step: Step, uses_before: Sequence[Redemption] = (), now: datetime
) -> Movement:
    """Move the credit of a redemption one step, on today's day of the business.

    What redeems a day gone by is dated on that day (a sale applied from 2 July redeems on 2 July). For the
    first step ``uses_before`` are the earlier redemptions of the same credit.
    """
    accounts = _accounts(redemption, step)
    before = _steps_before(redemption, accounts[AccountKind.USED], uses_before)
    today = business_day(business_id=redemption.business_id, now=now)
    day = min(redemption.on, today) if step is REDEEM else today
    grant = redemption.grant
    return post(
        business_id=redemption.business_id,
        from_account=accounts[step.from_kind],
        to_account=accounts[step.to_kind],
        amount=1,
        cause=_cause(redemption, step, {one.cause for one in before}),
        happened_on=max(day, grant.applies_on, *(one.happened_on for one in before)),
        now=max(now, grant.granted_at, *(one.recorded_at for one in before)),
    )


def _accounts(redemption: Redemption, step: Step) -> dict[AccountKind, LedgerAccount]:
    """Return the grant's accounts that the step touches, and the one of what is used."""
    grant = redemption.grant
    found = {
        AccountKind(account.kind): account
        for account in LedgerAccount.objects.filter(
            business=grant.business_id, key=str(grant.pk), unit=grant.unit
        )
    }
    for kind in (AccountKind.USED, step.from_kind, step.to_kind):
        if kind not in found:
            found[kind] = open_account(
                business_id=grant.business_id, kind=kind, unit=grant.unit, key=str(grant.pk)
            )
    return found


def _steps_before(
    redemption: Redemption, used: LedgerAccount, uses_before: Sequence[Redemption]
) -> list[Movement]:
    """Return the movements of this credit so far: of this cause, and the end of each earlier use of it."""
    passed = Q(from_account=used) | Q(to_account=used)
    of_cause = passed & Q(cause__startswith=f"{redemption.cause}:")
    ends = Q(cause__in=[f"{one.cause}:{RELEASE.word}:{one.turn}" for one in uses_before])
    return list(
        Movement.objects.filter(of_cause | ends if uses_before else of_cause)
        .filter(business=redemption.business_id)
        .only("cause", "happened_on", "recorded_at")
    )


def _cause(redemption: Redemption, step: Step, taken: set[str]) -> str:
    """Return the name of this step; one that is done again within a turn is counted."""
    name = f"{redemption.cause}:{step.word}:{redemption.turn}"
    if name not in taken:
        return name
    times = 2
    while f"{name}.{times}" in taken:
        times += 1
    return f"{name}.{times}"
