"""What a client's appointments cost, by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from clientela.booking.models import Appointment, Status
from clientela.rules import clock_time

COUNTS = frozenset({Status.CONFIRMED, Status.ATTENDED})


@dataclass(slots=True)
class Month:
    """One month's appointments, and the sum of their prices in minor units."""

    first: date
    rows: list[Appointment] = field(default_factory=list)
    total_minor: int = 0


def months_of(rows: Iterable[Appointment], *, zone: str) -> list[Month]:
    """Group appointments that took place or will, latest month first; days are read in ``zone``.

    Requests, cancelled and missed ones cost nothing here: what a business asks for those is not recorded yet.
    """
    months: dict[date, Month] = {}
    for one in rows:
        if one.status not in COUNTS:
            continue
        first = clock_time.local_date(one.starts_at, zone).replace(day=1)
        month = months.setdefault(first, Month(first))
        month.rows.append(one)
        month.total_minor += one.price_minor
    return [months[first] for first in sorted(months, reverse=True)]
