"""Recurring work: the port through which an app says "look at this every so often".

    @due_work("booking.release-expired-holds", every=timedelta(seconds=5))
    def release(now: datetime) -> int: ...

The function answers how many things it did; when it did some, it is asked again at once. Work repeated within a
minute is timed by each worker itself (so it must take its rows by compare-and-swap); rarer work has a row in
the database, so that it runs once per installation and is not repeated by a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from clientela.platform.models import DueWork, WorkerHeartbeat

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = [
    "Chore",
    "DueWork",
    "WorkerHeartbeat",
    "chores",
    "due_work",
    "last_beat",
    "worker_is_alive",
]

SHARED_FROM: Final = timedelta(minutes=1)
BEAT_EVERY: Final = timedelta(seconds=10)
DEAD_AFTER: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Chore:
    """One recurring work, as registered."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]

    @property
    def shared(self) -> bool:
        """Whether the installation, rather than each worker, decides when it runs next."""
        return self.every >= SHARED_FROM


_chores: dict[str, Chore] = {}


def due_work(
    name: str, *, every: timedelta
) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    """Register `def run(now) -> int` (how much was done) to be called at least this often by a worker."""
    if not timedelta() < every:
        message = f"{name}: every must be longer than nothing"
        raise ValueError(message)

    def register(run: Callable[[datetime], int]) -> Callable[[datetime], int]:
        known = _chores.get(name)
        if known is not None and known.run.__code__ is not run.__code__:
            message = f"two recurring works are called {name}"
            raise TypeError(message)
        _chores[name] = Chore(name, every, run)
        return run

    return register


def chores() -> tuple[Chore, ...]:
    """Return every registered work, by name."""
    return tuple(_chores[name] for name in sorted(_chores))


def last_beat() -> datetime | None:
    """Return when a worker last said that it lives; None when none ever did or all were stopped properly."""
    return WorkerHeartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def worker_is_alive(*, now: datetime) -> bool:
    """Whether some worker gave a sign of life within the last minute."""
    beat = last_beat()
    return beat is not None and now - beat <= DEAD_AFTER
