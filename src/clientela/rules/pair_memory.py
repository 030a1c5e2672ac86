"""Whether two cards are proposed again after somebody has said what they are to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

NEW_EVIDENCE_MILLIBITS: Final = 6_000
"""What must have come since *different people* was said, before the pair is proposed again."""
ASLEEP: Final = timedelta(days=30)
"""How long *later* lasts."""


class Word(StrEnum):
    """What can be said of a pair; ``OPEN`` takes back what was said before."""

    SAME = "same"
    DIFFERENT = "different"
    HOUSEHOLD = "household"
    LATER = "later"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Said:
    """The word that holds for one pair of cards, what the evidence weighed then, and when it was said."""

    word: Word
    millibits: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What the words said so far mean for a proposal: nothing, silence, or silence until a time."""

    is_hidden: bool = False
    asleep_until: datetime | None = None


def remember(said: Iterable[Said], *, millibits: int) -> Memory:
    """Return whether two people, each with all the cards that became theirs, are proposed on this evidence.

    ``said`` holds the newest word of every pair between the two; one *different* among them speaks for all, or a
    merge would make forgotten what was said of one of its parts. *Different* is asked again when six more bits have
    come; *household* never; *later* after thirty days.
    """
    words = list(said)
    if any(_silences(one, millibits) for one in words):
        return Memory(is_hidden=True)
    until = [one.at + ASLEEP for one in words if one.word is Word.LATER]
    return Memory(asleep_until=max(until, default=None))


def _silences(one: Said, millibits: int) -> bool:
    if one.word is Word.DIFFERENT:
        return millibits < one.millibits + NEW_EVIDENCE_MILLIBITS
    return one.word is Word.HOUSEHOLD
