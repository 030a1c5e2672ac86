"""Until when what was sold counts.

The day it counts from is not counted, as terms are counted in law and on a calendar by hand: six months from
12 November end on 12 May, thirty days from 1 July on 31 July. The last day is included.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = 12


def last_day(*, applies_on: date, count: int | None, unit: str) -> date | None:
    """Return the last day of ``count`` days or months from a day; without a count ``None``: for ever.

    ``unit`` is "day" or "month". Months keep the number of the day; a month too short for it ends the term
    on its last day (31 August and one month: 30 September).
    """
    if count is None:
        return None
    if count < 1:
        raise ValueError(f"a term is at least one {unit}: {count}")
    if unit == "day":
        return applies_on + timedelta(days=count)
    if unit != "month":
        raise ValueError(f"a term is counted in days or months: {unit!r}")
    years, month = divmod(applies_on.month - 1 + count, _MONTHS)
    year, month = applies_on.year + years, month + 1
    return date(year, month, min(applies_on.day, monthrange(year, month)[1]))
