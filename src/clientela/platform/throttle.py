"""Limits on how often: counted in the database, so shared by all processes and kept over a restart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.platform.jobs import due_work
from clientela.platform.locking import lock
from clientela.platform.models import ThrottleCount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["Limit", "ThrottleCount", "allow", "allow_each", "forget_counts", "take_back", "used"]

_SLICES: Final = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many uses of `key` in any stretch of `per_seconds`. One key always has one stretch."""

    key: str
    limit: int
    per_seconds: int

    @property
    def key_hash(self) -> str:
        """What is kept of the key, which may be an address."""
        return hashlib.sha256(self.key.encode()).hexdigest()


def allow(*, key: str, limit: int, per_seconds: int, now: datetime) -> bool:
    """Count one use of `key` and say whether it is within `limit` per `per_seconds`; a refused use is not counted.

    In no stretch of that length are more than `limit` allowed, however many ask in parallel. Time is counted in
    twelfths of the stretch, so a use may weigh up to one twelfth longer than the stretch. Call it before the act's own
    transaction: inside, a rollback would forget the use.
    """
    (answer,) = allow_each(uses=[[Limit(key, limit, per_seconds)]], now=now)
    return answer


def used(*, key: str, per_seconds: int, now: datetime) -> int:
    """Return how many uses of `key` count within its stretch; counts nothing."""
    kind = Limit(key, 0, per_seconds)
    kept = ThrottleCount.objects.filter(key_hash=kind.key_hash).values_list("slices", flat=True)
    return sum(sum(_living(slices, kind, now).values()) for slices in kept)


def allow_each(*, uses: Sequence[Sequence[Limit]], now: datetime) -> list[bool]:
    """Count several uses, in their order, and say of each whether it may be; as `allow`, with one read and one write.

    A use is allowed when all of its limits allow it, and counts in all of them or in none. Limits of one key may
    differ: then the lower ones leave room that only the higher ones reach.
    """
    with transaction.atomic():
        counts = _locked_counts(uses, now)
        answers = [_count(use, counts, now) for use in uses]
        if any(answers):
            _write(uses, counts, now)
    return answers


def take_back(*, uses: Sequence[Sequence[Limit]], now: datetime) -> None:
    """Take off uses that were allowed a moment ago and did not come to pass."""
    with transaction.atomic():
        counts = _locked_counts(uses, now)
        for one in (one for use in uses for one in use):
            slices = counts[one.key_hash]
            if slices:
                newest = max(slices)
                slices[newest] = max(0, slices[newest] - 1)
        _write(uses, counts, now)


def _kinds(uses: Sequence[Sequence[Limit]]) -> dict[str, Limit]:
    return {one.key_hash: one for use in uses for one in use}


def _locked_counts(uses: Sequence[Sequence[Limit]], now: datetime) -> dict[str, dict[int, int]]:
    """Return what counts of every key, held until the transaction ends."""
    kinds = _kinds(uses)
    lock(keys=[f"throttle:{key_hash}" for key_hash in kinds])
    kept = dict(
        ThrottleCount.objects.filter(key_hash__in=list(kinds)).values_list("key_hash", "slices")
    )
    return {
        key_hash: _living(kept.get(key_hash, {}), kind, now) for key_hash, kind in kinds.items()
    }


def _write(
    uses: Sequence[Sequence[Limit]], counts: dict[str, dict[int, int]], now: datetime
) -> None:
    ThrottleCount.objects.bulk_create(
        [
            ThrottleCount(
                key_hash=key_hash,
                slices={str(at): count for at, count in counts[key_hash].items()},
                forget_at=now + timedelta(seconds=2 * kind.per_seconds),
            )
            for key_hash, kind in _kinds(uses).items()
        ],
        update_conflicts=True,
        unique_fields=["key_hash"],
        update_fields=["slices", "forget_at"],
    )


def _count(use: Sequence[Limit], counts: dict[str, dict[int, int]], now: datetime) -> bool:
    if any(sum(counts[one.key_hash].values()) >= one.limit for one in use):
        return False
    for one in use:
        slices = counts[one.key_hash]
        present = _slice(one, now)
        slices[present] = slices.get(present, 0) + 1
    return True


def _living(kept: dict[str, int], kind: Limit, now: datetime) -> dict[int, int]:
    """Return what still counts. Slices of the future come from before a clock was set back: within one stretch they count."""
    present = _slice(kind, now)
    return {int(at): count for at, count in kept.items() if abs(present - int(at)) <= _SLICES}


def _slice(kind: Limit, now: datetime) -> int:
    return int(now.timestamp() // (kind.per_seconds / _SLICES))


@due_work("platform.forget-throttle-counts", every=timedelta(hours=1))
def forget_counts(now: datetime) -> int:
    """Delete counts that can no longer limit anything."""
    deleted, _ = ThrottleCount.objects.filter(forget_at__lt=now).delete()
    return deleted
