"""The next number of a series; the actions of this room use it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max

from clientela.ledger.models import Invoice
from clientela.platform.locking import lock


def next_number(*, business_id: UUID, series: str) -> int:
    """Return the number that follows the last of the series, which is ours until the transaction ends.

    Who rolls back leaves no gap: the next one gets the same number. The last lock to be taken.
    """
    lock(keys=[f"invoices:{business_id}:{series}"])
    last = Invoice.objects.filter(business=business_id, series=series).aggregate(
        last=Max("number")
    )["last"]
    return (last or 0) + 1


def series_of(*, begins: str, issued_on: date) -> str:
    """Return the series of a year: what the business lets its numbers begin with, and the year."""
    return f"{begins}{issued_on.year}"
