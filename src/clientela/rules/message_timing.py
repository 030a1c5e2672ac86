"""When a message leaves: the words of a plan of messages, and the instants they mean.

A timing is a short word that is stored: blank for at once, ``before:1440`` for so many minutes before the start,
``day:1@540`` for the day before at 09:00 on the wall of the place, ``after:120`` for so many minutes after the end.
Minutes before and after are elapsed time: across a clock change "24 hours before" stays 24 hours, while "the day
before at 09:00" stays nine o'clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from clientela.rules import clock_time

STEP_MINUTES: Final = 5
LONGEST_MINUTES: Final = 60 * 1440
LONGEST_DAYS: Final = 60
_LAST_MINUTE: Final = clock_time.MINUTES_PER_DAY - STEP_MINUTES
_WORD: Final = re.compile(r"(?:(before|after):(\d{1,6})|day:(\d{1,3})@(\d{1,4}))\Z", re.ASCII)


class TimingInvalid(ValueError):
    """The word is no timing, or one that nobody could mean: beyond two months, or off the five minutes."""


class TimingKind(StrEnum):
    """To what a timing refers."""

    AT_ONCE = "at-once"
    BEFORE = "before"
    DAY_BEFORE = "day"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Timing:
    """One timing. ``minutes`` are elapsed; ``days`` and ``minute`` (of the day) are read on the wall of the place."""

    kind: TimingKind = TimingKind.AT_ONCE
    minutes: int = 0
    days: int = 0
    minute: int = 0

    @property
    def text(self) -> str:
        """The word it is stored as; ``parse`` reads it back."""
        match self.kind:
            case TimingKind.AT_ONCE:
                return ""
            case TimingKind.DAY_BEFORE:
                return f"day:{self.days}@{self.minute}"
        return f"{self.kind.value}:{self.minutes}"


AT_ONCE: Final = Timing()


def before(minutes: int) -> Timing:
    """So many minutes before the start; refuses ``TimingInvalid``."""
    return _checked(Timing(TimingKind.BEFORE, minutes=minutes))


def day_before(*, days: int, minute: int) -> Timing:
    """So many days before the start's own day, at a minute of the wall; refuses ``TimingInvalid``."""
    return _checked(Timing(TimingKind.DAY_BEFORE, days=days, minute=minute))


def after(minutes: int) -> Timing:
    """So many minutes after the end; refuses ``TimingInvalid``."""
    return _checked(Timing(TimingKind.AFTER, minutes=minutes))


def parse(text: str) -> Timing:
    """Read a stored word; refuses ``TimingInvalid`` what is none."""
    if not text:
        return AT_ONCE
    found = _WORD.match(text)
    if found is None:
        raise TimingInvalid(f"no timing: {text!r}")
    kind, minutes, days, minute = found.groups()
    if kind is None:
        return day_before(days=int(days), minute=int(minute))
    return before(int(minutes)) if kind == "before" else after(int(minutes))


def is_future(timing: Timing) -> bool:
    """Say whether the message waits for a time of its own, instead of leaving when the fact happens."""
    return timing.kind is not TimingKind.AT_ONCE


def due_at(
    *,
    timing: Timing,
    happened_at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
) -> datetime:
    """Return the instant at which a message of this timing is due; ``zone`` is the place's.

    At once is when the fact happened. A wall time that the clocks jump over is the first instant after the
    jump; of one that comes twice, the first. The result may have passed: that is the caller's to judge.
    """
    match timing.kind:
        case TimingKind.BEFORE:
            return starts_at - timedelta(minutes=timing.minutes)
        case TimingKind.AFTER:
            return ends_at + timedelta(minutes=timing.minutes)
        case TimingKind.DAY_BEFORE:
            on = clock_time.local_date(starts_at, zone) - timedelta(days=timing.days)
            return clock_time.to_exact(
                on=on, minute=timing.minute, zone_name=zone, gap="after", overlap="first"
            )
    return happened_at


def _checked(timing: Timing) -> Timing:
    if timing.kind is TimingKind.DAY_BEFORE:
        fits = 1 <= timing.days <= LONGEST_DAYS and 0 <= timing.minute <= _LAST_MINUTE
        on_grid = timing.minute % STEP_MINUTES == 0
    else:
        fits = STEP_MINUTES <= timing.minutes <= LONGEST_MINUTES
        on_grid = timing.minutes % STEP_MINUTES == 0
    if not (fits and on_grid):
        raise TimingInvalid(f"no timing: {timing.text!r}")
    return timing
