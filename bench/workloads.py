"""The workloads W1, W2 and W3: plain values, drawn with a fixed seed.

Zone Europe/Madrid, Monday to Friday 09:00-12:30 and 13:30-18:00, a service of 30 minutes with a
buffer of 10 minutes after it, a start every 15 minutes. Each professional is booked at random
until booked and buffer minutes reach 60 % of the working minutes. The year lies ahead, because
the peer offers nothing in the past.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/Madrid"
OPENINGS = ((9 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60))
WEEKDAYS = range(5)
DURATION, AFTER, GRID = 30, 10, 15
TARGET = 0.6
SEED = 20261122

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Workload:
    """Professionals, the dates asked for, and what occupies each professional (buffers included)."""

    name: str
    first_on: date
    days: int
    busy: tuple[tuple[Span, ...], ...]

    @property
    def start(self) -> datetime:
        """First instant of the first date, in UTC."""
        return midnight(self.first_on)

    @property
    def end(self) -> datetime:
        """First instant after the last date, in UTC."""
        return midnight(self.first_on + timedelta(days=self.days))

    @property
    def appointments(self) -> int:
        """How many appointments there are in all."""
        return sum(map(len, self.busy))


def midnight(on: date) -> datetime:
    """Return local midnight as UTC."""
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def draw(name: str, *, professionals: int, first_on: date, days: int) -> Workload:
    """Book every professional at random to the target."""
    source = random.Random(f"{SEED} {name}")
    working = [
        on for on in (first_on + timedelta(days=n) for n in range(days)) if on.weekday() in WEEKDAYS
    ]
    return Workload(
        name, first_on, days, tuple(_diary(source, working) for _ in range(professionals))
    )


def _diary(source: random.Random, working: list[date]) -> tuple[Span, ...]:
    """One professional's occupied spans, in the order in which they were booked."""
    minutes = sum(closes - opens for opens, closes in OPENINGS) * len(working)
    candidates = [
        (on, minute)
        for on in working
        for opens, closes in OPENINGS
        for minute in range(opens, closes - DURATION + 1, GRID)
    ]
    source.shuffle(candidates)
    taken: dict[date, list[int]] = {on: [] for on in working}
    booked: list[Span] = []
    for on, minute in candidates:
        if len(booked) * (DURATION + AFTER) >= TARGET * minutes:
            break
        if all(abs(minute - other) >= DURATION + AFTER for other in taken[on]):
            taken[on].append(minute)
            start = midnight(on) + timedelta(minutes=minute)  # the clocks change on a Sunday
            booked.append((start, start + timedelta(minutes=DURATION + AFTER)))
    return tuple(booked)


def all_workloads() -> tuple[Workload, Workload, Workload]:
    """Return W1, W2 and W3; the spring change is on Sunday 27 March 2033."""
    return (
        draw("W1", professionals=1, first_on=date(2033, 3, 1), days=31),
        draw("W2", professionals=50, first_on=date(2033, 3, 1), days=31),
        draw("W3", professionals=500, first_on=date(2033, 3, 24), days=7),
    )


def w1() -> Workload:
    """One professional, the month of the spring change."""
    return all_workloads()[0]


def w2() -> Workload:
    """Fifty professionals, the same month."""
    return all_workloads()[1]


def w3() -> Workload:
    """Five hundred professionals, a week across the change."""
    return all_workloads()[2]
