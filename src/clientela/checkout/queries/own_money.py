"""What a signed-in person has still to pay and what is left of what they bought, in every business at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q

from clientela.booking.queries.pending_redemption import pending_rows
from clientela.ledger.models import Grant, Sale
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.people.queries.hidden_rows import shown_only
from clientela.rules.lifecycle import Status
from clientela.rules.sale_state import OUTSTANDING

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnMoney:
    """At one business: ``due_minor`` of its currency, and how many credits are ``free``."""

    due_minor: int
    free: int

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.due_minor or self.free)


def own_money(*, account_id: UUID, now: datetime) -> Mapping[UUID, OwnMoney]:
    """Return it by business, those with nothing left out. In the account's scope; five queries at most.

    Due are unpaid sales and, at the price they were booked at, appointments that wait for a credit; what the
    person deleted from their list is not among them, nor a request before it is accepted. Which day is the last of a credit is told to the day.
    """
    due, free = _due(account_id), _free(account_id, now=now)
    return {key: OwnMoney(due[key], free[key]) for key in {*due, *free} if due[key] or free[key]}


def _due(account_id: UUID) -> Counter[UUID]:
    states = [state.value for state in OUTSTANDING]
    sales = dict(
        shown_only(
            Sale.objects.filter(client__account_id=account_id, state__in=states)
        ).values_list("pk", "business_id")
    )
    due: Counter[UUID] = Counter()
    for key, sums in (sale_sums(sale_ids=sales) if sales else {}).items():
        due[sales[key]] += sums.due
    waiting = (
        shown_only(pending_rows())
        .filter(client__account_id=account_id, hidden_at__isnull=True)
        .exclude(status=Status.REQUESTED.value)
    )
    for business_id, price in waiting.values_list("business_id", "price_minor"):
        due[business_id] += price
    return due


def _free(account_id: UUID, *, now: datetime) -> Counter[UUID]:
    standing = Count("redemptions", filter=Q(redemptions__released_at__isnull=True))
    open_grants = (
        shown_only(Grant.objects.filter(client__account_id=account_id, closed_at__isnull=True))
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=(now - _A_DAY).date()))
        .annotate(left=F("credits") - standing)
        .values_list("business_id", "left")
    )
    free: Counter[UUID] = Counter()
    for business_id, left in open_grants:
        free[business_id] += left
    return free
