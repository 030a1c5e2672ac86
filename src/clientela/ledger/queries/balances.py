"""A client's balance: what is left of what was sold to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from clientela.ledger.models import AccountKind, Grant, LedgerAccount
from clientela.ledger.queries.balance_of import balances_of


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left of one sale's credits: ``free`` of ``credits``, for ``service_ids``.

    They count from ``applies_on`` to ``valid_until`` (none: for ever). ``name`` is what was sold.
    """

    sale_id: UUID
    grant_id: UUID
    name: str
    service_ids: frozenset[UUID]
    credits: int
    free: int
    applies_on: date
    valid_until: date | None


def balances(
    *,
    client_id: UUID,
    on: date,
    known_at: datetime | None = None,
    used_up: bool = False,
) -> list[Balance]:
    """Return the client's balances on a day, as known at an instant (default: now), first to end first.

    Left out are grants that ended before the day, those closed by then, and (unless ``used_up``) those with
    nothing left. One that begins later is there, with what was left of it when it begins; credits taken
    for appointments to come are used already. Four statements at most.
    """
    grants = list(
        Grant.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), client=client_id)
        .filter(Q(granted_at__lte=known_at) if known_at else Q())
        .order_by(F("valid_until").asc(nulls_last=True), "applies_on", "granted_at", "pk")
        .prefetch_related("services")
        .select_related("sale")
    )
    free = _free(grants, on=on, known_at=known_at)
    return [
        Balance(
            sale_id=grant.sale_id,
            grant_id=grant.pk,
            name=grant.sale.name,
            service_ids=frozenset(one.service_id for one in grant.services.all()),
            credits=grant.credits,
            free=free[grant.pk],
            applies_on=grant.applies_on,
            valid_until=grant.valid_until,
        )
        for grant in grants
        if free[grant.pk] or (used_up and not _closed(grant, known_at))
    ]


def _free(grants: list[Grant], *, on: date, known_at: datetime | None) -> dict[UUID, int]:
    """Return what is left of each grant on the day, or on its first day if that is later."""
    by_day: dict[date, list[Grant]] = {}
    for grant in grants:
        by_day.setdefault(max(on, grant.applies_on), []).append(grant)
    keys = {str(grant.pk): grant.pk for grant in grants}
    accounts = dict(
        LedgerAccount.objects.filter(kind=AccountKind.OPEN, key__in=keys).values_list("key", "pk")
    )
    left: dict[UUID, int] = {}
    for day, of_day in by_day.items():
        ids = {grant.pk: accounts[str(grant.pk)] for grant in of_day}
        found = balances_of(account_ids=ids.values(), on=day, known_at=known_at)
        left |= {grant_id: found[account_id] for grant_id, account_id in ids.items()}
    return left


def _closed(grant: Grant, known_at: datetime | None) -> bool:
    if grant.closed_at is None:
        return False
    return known_at is None or grant.closed_at <= known_at
