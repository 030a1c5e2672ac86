"""Whatever happens afterwards: a report as known then is the report of then, and the sums are the ledger's."""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.checkout.histories import ACTS, OFTEN, History

from clientela.business.models import Business
from clientela.checkout.queries.reports.credits_left import credits_left
from clientela.checkout.queries.reports.outstanding import outstanding
from clientela.checkout.queries.reports.takings import Sums, takings
from clientela.checkout.queries.reports.unredeemed import unredeemed
from clientela.ledger.models import AccountKind, Method
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.business_day import business_day

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
STEPS = 1_500 if PROVE else 60
SEEDS = range(1, 13) if PROVE else (3,)
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)


@dataclass(frozen=True)
class Told:
    """What the reports said at an instant."""

    at: datetime
    on: date
    said: dict[str, Any]


def told(business: Business, at: datetime, on: date, known_at: datetime | None = None) -> Told:
    """Ask all reports; what they say without the rows' other columns, which may change."""
    money = takings(business=business, start=FIRST, end=LAST, known_at=known_at)
    debts = outstanding(business=business, on=on, known_at=known_at)
    left = credits_left(business=business, on=on, known_at=known_at)
    waiting = unredeemed(business=business, now=at, known_at=known_at)
    return Told(
        at,
        on,
        {
            "rows": money.rows,
            "total": money.total,
            "debts": sorted((str(one.sale.pk), one.due, one.age) for one in debts.debts),
            "ages": debts.ages,
            "left": sorted(
                (str(one.grant.pk), one.free, one.worth, one.ends_in or -1) for one in left.lefts
            ),
            "buckets": left.buckets,
            "waiting": sorted(str(one.pk) for one in waiting.appointments),
        },
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_as_known_then_is_the_report_of_then(
    business: Business, scope: None, seed: int
) -> None:
    print(f"seed {seed}")
    draw = random.Random(seed)  # noqa: S311 -- not a secret
    history = History.begun(business)
    remembered = []
    for step in range(STEPS):
        history.do(draw.choice([*OFTEN, *ACTS]), draw.randrange(10_000), draw.randrange(10_000))
        if step % (STEPS // 12) == 0:
            on = business_day(business_id=business.pk, now=history.now)
            remembered.append(told(business, history.now, on))
            history.now += timedelta(minutes=1)
    for one in remembered:
        then = told(business, one.at, one.on, known_at=one.at)
        for name, said in one.said.items():
            assert then.said[name] == said, (name, one.at, history.told)
    _as_the_ledger(business)


def _as_the_ledger(business: Business) -> None:
    """The methods sum to the tills, the debts to what is owed, the credits to what is open."""
    money = takings(business=business, start=FIRST, end=LAST)
    tills = {key: total for (key, _unit), total in balances_of_kind(kind=AccountKind.TILL).items()}
    for method in Method.values:
        assert money.methods.get(method, Sums()).net == tills.get(method, 0)
    owed = balances_of_kind(kind=AccountKind.OWED).values()
    assert outstanding(business=business, on=LAST).total == sum(one for one in owed if one > 0)
    left = credits_left(business=business, on=LAST)
    assert left.total.credits + left.lapsed.credits == sum(
        balances_of_kind(kind=AccountKind.OPEN).values()
    )
