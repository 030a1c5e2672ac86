"""Half-open stretches of exact time, and set algebra over lists of them.

Touching is not overlapping: ``[9, 10)`` and ``[10, 11)`` share nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The instants ``start <= t < end``; both ends are aware and ``start < end``.

    An empty stretch is not an interval: whoever may have one keeps a list.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive ends and empty or reversed stretches."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError(f"an interval needs aware ends: {self.start} - {self.end}")
        if self.start >= self.end:
            raise ValueError(f"an interval must end after it starts: {self.start} - {self.end}")

    @property
    def length(self) -> timedelta:
        """How long it lasts, in exact time (a day of a clock change is 23 or 25 hours)."""
        return self.end - self.start

    def contains(self, at: datetime) -> bool:
        """Say whether the instant lies inside; the end does not."""
        return self.start <= at < self.end

    def covers(self, other: Interval) -> bool:
        """Say whether every instant of ``other`` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Interval) -> bool:
        """Say whether they share an instant; touching does not count."""
        return self.start < other.end and other.start < self.end


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same instants as the fewest intervals, sorted; touching ones become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return merged


def intersect(ours: Sequence[Interval], theirs: Sequence[Interval]) -> list[Interval]:
    """Return the instants that lie in both; each list must be sorted and free of overlaps."""
    shared: list[Interval] = []
    left = right = 0
    while left < len(ours) and right < len(theirs):
        start = max(ours[left].start, theirs[right].start)
        end = min(ours[left].end, theirs[right].end)
        if start < end:
            shared.append(Interval(start, end))
        if ours[left].end <= theirs[right].end:
            left += 1
        else:
            right += 1
    return shared


def subtract(ours: Sequence[Interval], taken: Sequence[Interval]) -> list[Interval]:
    """Return the instants of ``ours`` that are not in ``taken``.

    Each list must be sorted and free of overlaps (as ``union`` returns them); so is the result.
    """
    left: list[Interval] = []
    first = 0
    for interval in ours:
        start = interval.start
        while first < len(taken) and taken[first].end <= start:
            first += 1
        at = first
        while at < len(taken) and taken[at].start < interval.end:
            if taken[at].start > start:
                left.append(Interval(start, taken[at].start))
            start = max(start, taken[at].end)
            at += 1
        if start < interval.end:
            left.append(Interval(start, interval.end))
    return left
