"""Free starts for the booking benchmarks: days that no workload touches, spread over all professionals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from bench.workloads import midnight

FIRST_ON = date(2033, 5, 2)
"""A Monday after every workload."""
MINUTES = (540, 585, 630, 675, 720, 810, 855, 900, 945, 990, 1035)
Who = TypeVar("Who")


def starts(*, day: int, people: Sequence[Who], count: int) -> Iterator[tuple[datetime, Who]]:
    """So many starts of the n-th working day, each another professional's turn; none overlaps."""
    if count > len(MINUTES) * len(people):
        message = f"a day has only {len(MINUTES) * len(people)} starts"
        raise ValueError(message)
    on = FIRST_ON + timedelta(weeks=day // 5, days=day % 5)
    for number in range(count):
        minute = MINUTES[number // len(people)]
        yield midnight(on) + timedelta(minutes=minute), people[number % len(people)]
