"""Which sales are not paid, how much is due, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from clientela.business.models import Business
from clientela.ledger.models import AccountKind, Sale
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.client_sales import outstanding_sales
from clientela.ledger.queries.sale_sums import sale_sums

AGES: Final = (30, 60, 90)
"""Days since the sale at which a debt grows older: up to 30, 60, 90, and more."""


@dataclass(frozen=True, slots=True)
class Debt:
    """One sale with what is due of it in minor units; ``age`` is days since it was sold."""

    sale: Sale
    due: int
    age: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """The oldest first. ``ages`` are the sums and numbers up to each age, the last one beyond them all."""

    debts: list[Debt]
    total: int
    ages: list[tuple[int, int]]


def outstanding(*, business: Business, on: date, known_at: datetime | None = None) -> Outstanding:
    """Return what clients owe on a day. Three queries; as known then, from the ledger's own accounts."""
    owed = _now(business) if known_at is None else _then(business, known_at)
    debts = [Debt(sale, due, max((on - sale.sold_on).days, 0)) for sale, due in owed if due > 0]
    return Outstanding(debts, sum(one.due for one in debts), _by_age(debts))


def _now(business: Business) -> Iterable[tuple[Sale, int]]:
    sales = list(outstanding_sales(business_id=business.pk))
    sums = sale_sums(sale_ids=[one.pk for one in sales])
    return [(one, sums[one.pk].due) for one in sales]


def _then(business: Business, known_at: datetime) -> Iterable[tuple[Sale, int]]:
    """What the account of each sale held at that instant."""
    owed = {
        UUID(key): total
        for (key, unit), total in balances_of_kind(kind=AccountKind.OWED, known_at=known_at).items()
        if unit == business.currency and total > 0
    }
    sales = (
        Sale.objects.filter(business=business, pk__in=owed)
        .select_related("client", "service", "package", "professional")
        .order_by("sold_on", "sold_at", "pk")
    )
    return [(one, owed[one.pk]) for one in sales]


def _by_age(debts: Iterable[Debt]) -> list[tuple[int, int]]:
    sums = [[0, 0] for _ in (*AGES, None)]
    for one in debts:
        place = next((n for n, most in enumerate(AGES) if one.age <= most), len(AGES))
        sums[place][0] += one.due
        sums[place][1] += 1
    return [(total, number) for total, number in sums]
