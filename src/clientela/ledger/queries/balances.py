"""A client's balance: what is left of what was sold to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from clientela.ledger.models import AccountKind, Grant, LedgerAccount, Movement
from clientela.people.queries.hidden_rows import shown_only


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
    as_client: bool = False,
) -> list[Balance]:
    """Return the client's balances on a day, as known at an instant (default: now), first to end first.

    Left out are grants that ended before the day, those closed by then, and (unless ``used_up``) those with
    nothing left. One that begins later is there, with what was left of it when it begins; credits taken
    for appointments to come are used already. ``as_client``: without what is hidden from the client's own log-in.
    Four statements.
    """
    theirs = Grant.objects.filter(client=client_id)
    grants = list(
        (shown_only(theirs) if as_client else theirs)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
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
    by_key = {str(grant.pk): grant for grant in grants}
    accounts = {
        account_id: by_key[key]
        for account_id, key in LedgerAccount.objects.filter(
            kind=AccountKind.OPEN, key__in=by_key
        ).values_list("pk", "key")
    }
    left = dict.fromkeys((grant.pk for grant in grants), 0)
    moved = Movement.objects.filter(Q(from_account__in=accounts) | Q(to_account__in=accounts))
    if known_at is not None:
        moved = moved.filter(recorded_at__lte=known_at)
    for from_id, to_id, amount, day in moved.values_list(
        "from_account_id", "to_account_id", "amount", "happened_on"
    ):
        grant = accounts[to_id if to_id in accounts else from_id]
        if day <= max(on, grant.applies_on):
            left[grant.pk] += amount if to_id in accounts else -amount
    return left


def _closed(grant: Grant, known_at: datetime | None) -> bool:
    if grant.closed_at is None:
        return False
    return known_at is None or grant.closed_at <= known_at
