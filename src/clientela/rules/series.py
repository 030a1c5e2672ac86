"""Appointments that repeat: the same wall-clock time every so many weeks.

The promise is about the clock on the wall, so the exact distance between two occurrences may be
an hour more or less than a week across a clock change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from clientela.rules.clock_time import NoSuchTime, to_exact

if TYPE_CHECKING:
    from datetime import date, datetime

MAX_OCCURRENCES = 104
"""Two years of weeks: longer series are renewed, not promised."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every ``every_weeks`` weeks at ``minute`` from local midnight, from ``first_on`` on its weekday.

    It ends after ``count`` occurrences or with the last one on or before ``until``; exactly one
    of the two is given. A skipped date counts as an occurrence that does not take place.
    """

    first_on: date
    minute: int
    every_weeks: int = 1
    count: int | None = None
    until: date | None = None
    skip: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what does not end, never begins, or is longer than two years of weeks."""
        if (self.count is None) == (self.until is None):
            raise ValueError("a series ends by count or by date, not both")
        if self.every_weeks < 1:
            raise ValueError(f"a series repeats every week or more: {self.every_weeks}")
        if not 1 <= self.occurrences <= MAX_OCCURRENCES:
            raise ValueError(f"a series has 1 to {MAX_OCCURRENCES} occurrences: {self.occurrences}")

        try:
            self.first_on + (self.occurrences - 1) * self.every_weeks * _WEEK
        except OverflowError as error:
            raise ValueError(f"a series must end within the calendar: {self.first_on}") from error

    @property
    def occurrences(self) -> int:
        """How many dates it names, skipped ones included."""
        if self.count is not None:
            return self.count
        assert self.until is not None  # noqa: S101 -- exactly one of the two, checked above
        return (self.until - self.first_on) // (_WEEK * self.every_weeks) + 1


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series; without ``at`` its wall time does not exist that day."""

    on: date
    at: datetime | None
    reason: Literal["no-such-time"] | None = None


def occurrences(*, recurrence: Recurrence, zone_name: str) -> list[Occurrence]:
    """Return the dates of a series in order, without the skipped ones, each with its instant.

    Of a doubled reading the first is meant; a reading that the clocks jump over is reported and
    not moved, for the client was promised a time that does not exist.
    """
    found = []
    for number in range(recurrence.occurrences):
        on = recurrence.first_on + number * recurrence.every_weeks * _WEEK
        if on in recurrence.skip:
            continue
        try:
            at = to_exact(
                on=on, minute=recurrence.minute, zone_name=zone_name, gap="refuse", overlap="first"
            )
        except NoSuchTime:
            found.append(Occurrence(on, None, "no-such-time"))
        else:
            found.append(Occurrence(on, at))
    return found
