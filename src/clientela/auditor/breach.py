"""What an audit finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clientela.auditor.source import Source


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is looked at: the source, and the moment of looking (aware UTC)."""

    source: Source
    now: datetime


Examine = Callable[[Question], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise that must hold whatever happens. ``examine`` yields a sentence per breach."""

    name: str
    promise: str
    examine: Examine
