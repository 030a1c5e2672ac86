"""The lines of a conversation as the page shows them: grouped by the reader's own days."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from clientela.rules.clock_time import local_date
from clientela.support.models import Line, Side
from clientela.support.queries.threads import lines_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from clientela.support.models import Thread


@dataclass(frozen=True, slots=True)
class Said:
    """One line: when, the words, and whether the reader wrote it."""

    at: datetime
    words: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What was said on one day."""

    on: date
    lines: tuple[Said, ...]


def days_of(thread: Thread | None, *, zone: str) -> list[Day]:
    """Return the conversation by the days of ``zone``, oldest first; nothing where there is none yet."""
    if thread is None:
        return []

    def day_of(line: Line) -> date:
        return local_date(line.at, zone)

    return [
        Day(on, tuple(Said(one.at, one.body, one.side == Side.PERSON) for one in lines))
        for on, lines in groupby(lines_of(thread), key=day_of)
    ]
