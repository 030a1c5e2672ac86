"""Which credits clients still have, what they are worth, and which end soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Sum

from clientela.business.models import Business
from clientela.checkout.queries.reports.takings import price_returns
from clientela.ledger.models import AccountKind, Grant
from clientela.ledger.queries.balance_of import balances_of_kind

SOON: Final = (30, 60, 90)
"""Days within which credits end: up to 30, 60, 90; then later, and never."""
LATER: Final = len(SOON)
NEVER: Final = LATER + 1


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one grant: ``free`` credits, worth ``worth`` minor units at the price they were sold at.

    ``ends_in`` is days until the last day, 0 on that day itself; none: they never end.
    """

    grant: Grant
    free: int
    worth: int
    ends_in: int | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some of them together."""

    credits: int = 0
    worth: int = 0
    grants: int = 0


@dataclass(frozen=True, slots=True)
class CreditsLeft:
    """What counts still, the soonest end first. ``buckets`` go by ``SOON``, then later and never.

    ``lapsed`` is what ended unused before the day.
    """

    lefts: list[Left]
    total: Bucket
    buckets: list[Bucket]
    lapsed: Bucket


def credits_left(*, business: Business, on: date, known_at: datetime | None = None) -> CreditsLeft:
    """Return the credits that can be used on a day or after it. Five queries, however many there are.

    What is free is the balance of each grant's account in the ledger, as known then. A credit is worth its
    share of the price that was left of its sale, rounded to the nearest minor unit per grant.
    """
    free = {
        UUID(key): total
        for (key, _unit), total in balances_of_kind(
            kind=AccountKind.OPEN, known_at=known_at
        ).items()
        if total > 0
    }
    grants = Grant.objects.filter(business=business, pk__in=free).select_related(
        "sale__package", "sale__service", "client"
    )
    returned = _returned(business, known_at)
    lefts = [_left(one, free[one.pk], returned, on) for one in grants]
    standing = [one for one in lefts if one.ends_in is None or one.ends_in >= 0]
    gone = [one for one in lefts if one.ends_in is not None and one.ends_in < 0]
    buckets: dict[int, list[Left]] = defaultdict(list)
    for one in standing:
        buckets[_bucket_of(one.ends_in)].append(one)
    return CreditsLeft(
        lefts=sorted(standing, key=_soonest_first),
        total=_together(standing),
        buckets=[_together(buckets[place]) for place in range(NEVER + 1)],
        lapsed=_together(gone),
    )


def _left(grant: Grant, free: int, returned: dict[str, int], on: date) -> Left:
    kept = grant.sale.price_minor - returned.get(str(grant.sale_id), 0)
    return Left(
        grant=grant,
        free=free,
        worth=(2 * kept * free + grant.credits) // (2 * grant.credits),
        ends_in=(grant.valid_until - on).days if grant.valid_until else None,
    )


def _returned(business: Business, known_at: datetime | None) -> dict[str, int]:
    """What was taken back of prices, by sale."""
    moved = price_returns(business=business, known_at=known_at).values_list("from_account__key")
    return dict(moved.annotate(total=Sum("amount")))


def _bucket_of(ends_in: int | None) -> int:
    if ends_in is None:
        return NEVER
    return next((place for place, most in enumerate(SOON) if ends_in <= most), LATER)


def _together(lefts: Iterable[Left]) -> Bucket:
    some = list(lefts)
    return Bucket(sum(one.free for one in some), sum(one.worth for one in some), len(some))


def _soonest_first(left: Left) -> tuple[bool, date, date, UUID]:
    grant = left.grant
    return (
        grant.valid_until is None,
        grant.valid_until or date.max,
        grant.applies_on,
        grant.pk,
    )
