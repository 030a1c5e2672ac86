"""The balance of accounts: a sum of movements, for any day, as known at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, Sum

from clientela.ledger.models import AccountKind, LedgerAccount, Movement


def balance_of(
    *, account: LedgerAccount, on: date | None = None, known_at: datetime | None = None
) -> int:
    """Return what came into an account less what went out, in its unit.

    ``on`` is the last day that counts, ``known_at`` the last instant whose records count; without them all.
    The same question asked later has the same answer: rows are only added, and recorded when they are.
    """
    return balances_of(account_ids=[account.pk], on=on, known_at=known_at)[account.pk]


def balances_of(
    *, account_ids: Iterable[UUID], on: date | None = None, known_at: datetime | None = None
) -> dict[UUID, int]:
    """Return the balance of each of these accounts, in two statements."""
    asked = list(account_ids)
    counted = _counted(on, known_at)
    totals: dict[UUID, int] = dict.fromkeys(asked, 0)
    into = Movement.objects.filter(counted, to_account__in=asked).values_list("to_account")
    for key, total in into.annotate(total=Sum("amount")):
        totals[key] += total
    out_of = Movement.objects.filter(counted, from_account__in=asked).values_list("from_account")
    for key, total in out_of.annotate(total=Sum("amount")):
        totals[key] -= total
    return totals


def balances_of_kind(
    *, kind: AccountKind, on: date | None = None, known_at: datetime | None = None
) -> dict[tuple[str, str], int]:
    """Return the balance by (key, unit) of every account of a kind that is not zero, in two statements.

    Of ``owed`` that is what each sale's client owed, of ``open`` what could be used of each grant.
    """
    counted = _counted(on, known_at)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    into = Movement.objects.filter(counted, to_account__kind=kind)
    for key, unit, total in into.values_list("to_account__key", "unit").annotate(
        total=Sum("amount")
    ):
        totals[key, unit] += total
    out_of = Movement.objects.filter(counted, from_account__kind=kind)
    for key, unit, total in out_of.values_list("from_account__key", "unit").annotate(
        total=Sum("amount")
    ):
        totals[key, unit] -= total
    return {place: total for place, total in totals.items() if total}


def _counted(on: date | None, known_at: datetime | None) -> Q:
    counted = Q()
    if on is not None:
        counted &= Q(happened_on__lte=on)
    if known_at is not None:
        counted &= Q(recorded_at__lte=known_at)
    return counted
