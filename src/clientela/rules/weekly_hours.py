"""Working hours as people say them: a weekly pattern, dated exceptions and closures.

Hours are read on the wall clock of their location. Whether an instant lies inside them is a
question about the clock's reading at that instant, so a skipped hour does not exist and a doubled
hour counts twice; ``availability`` turns these readings into exact time.

Precedence on a date: a closure beats everything; dated rows replace the weekly rows of their
date; otherwise the weekly rows that are valid on that date apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self

from clientela.rules.clock_time import MINUTES_PER_DAY
from clientela.rules.frame import CELL_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

MinuteRange = tuple[int, int]
"""Half-open minutes from local midnight, 0..1440."""

_DAYS = 7


class _HoursFields(NamedTuple):
    weekday: int
    opens_minute: int
    closes_minute: int
    valid_from: date | None
    valid_until: date | None


class HoursRow(_HoursFields):
    """Open every week on one weekday (0 is Monday), in minutes from local midnight.

    ``valid_from`` is the first date it applies to, ``valid_until`` the first it no longer does.
    A tuple, because timetables are compared and looked up thousands of times a second.
    """

    __slots__ = ()

    def __new__(
        cls,
        weekday: int,
        opens_minute: int,
        closes_minute: int,
        valid_from: date | None = None,
        valid_until: date | None = None,
    ) -> Self:
        """Refuse what is no stretch of a day; hours past midnight are two rows."""
        if not 0 <= weekday < _DAYS:
            raise ValueError(f"a weekday is 0 (Monday) to 6: {weekday}")
        _check_range(opens_minute, closes_minute)
        return super().__new__(cls, weekday, opens_minute, closes_minute, valid_from, valid_until)

    def applies_on(self, on: date) -> bool:
        """Say whether the row is valid on that date and names its weekday."""
        return self.weekday == on.weekday() and self.is_valid_on(on)

    def is_valid_on(self, on: date) -> bool:
        """Say whether the date lies in the row's validity."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )


@dataclass(frozen=True, slots=True)
class DatedRow:
    """Hours of one date that replace its weekly ones; without minutes the date is closed."""

    on: date
    opens_minute: int | None = None
    closes_minute: int | None = None

    def __post_init__(self) -> None:
        """Refuse half a range."""
        if self.opens_minute is None and self.closes_minute is None:
            return
        if self.opens_minute is None or self.closes_minute is None:
            raise ValueError(f"hours of {self.on} need both ends, or neither")
        _check_range(self.opens_minute, self.closes_minute)


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed on the dates ``from_date <= d < until_date``, whatever the hours say."""

    from_date: date
    until_date: date

    def __post_init__(self) -> None:
        """Refuse a closure of no day."""
        if self.from_date >= self.until_date:
            raise ValueError(f"a closure must last a day: {self.from_date} - {self.until_date}")


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The whole timetable of one professional, room or location, as plain rows."""

    rows: tuple[HoursRow, ...] = ()
    dated: tuple[DatedRow, ...] = ()
    closures: tuple[Closure, ...] = ()

    def open_minutes(self, on: date) -> tuple[MinuteRange, ...]:
        """Return the open minutes of a date's wall clock: merged, sorted, half-open."""
        if self.is_closed_on(on):
            return ()
        exceptions = [row for row in self.dated if row.on == on]
        if exceptions:
            return merge_minutes(
                (row.opens_minute, row.closes_minute)
                for row in exceptions
                if row.opens_minute is not None and row.closes_minute is not None
            )
        return merge_minutes(
            (row.opens_minute, row.closes_minute) for row in self.rows if row.applies_on(on)
        )

    def is_closed_on(self, on: date) -> bool:
        """Say whether a closure covers the date."""
        return any(closure.from_date <= on < closure.until_date for closure in self.closures)


def merge_minutes(ranges: Iterable[MinuteRange]) -> tuple[MinuteRange, ...]:
    """Return the same minutes as the fewest ranges, sorted; touching ranges become one."""
    merged: list[MinuteRange] = []
    for opens, closes in sorted(ranges):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _check_range(opens: int, closes: int) -> None:
    """Refuse minutes outside a day or off the grid, and a close that does not follow its open."""
    if not 0 <= opens < closes <= MINUTES_PER_DAY:
        raise ValueError(
            f"hours must satisfy 0 <= opens < closes <= {MINUTES_PER_DAY}: {opens} - {closes}"
        )
    if opens % CELL_MINUTES or closes % CELL_MINUTES:
        raise ValueError(f"hours are multiples of {CELL_MINUTES} minutes: {opens} - {closes}")
