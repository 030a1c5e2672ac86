"""Limits on how often: counted in the database, so shared by all processes and kept over a restart."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.platform.jobs import due_work
from clientela.platform.locking import lock
from clientela.platform.models import ThrottleCount

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ThrottleCount", "allow", "forget_counts"]

_SLICES: Final = 12


def allow(*, key: str, limit: int, per_seconds: int, now: datetime) -> bool:
    """Count one use of `key` and say whether it is within `limit` per `per_seconds`; a refused use is not counted.

    In no stretch of that length are more than `limit` allowed, however many ask in parallel. Time is counted in
    twelfths of the stretch, so a use may weigh up to one twelfth longer than the stretch. Call it before the act's own
    transaction: inside, a rollback would forget the use.
    """
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    width = per_seconds / _SLICES
    present = int(now.timestamp() // width)
    with transaction.atomic():
        lock(keys=[f"throttle:{key_hash}"])
        row = ThrottleCount.objects.filter(key_hash=key_hash).first()
        # Slices of the future come from before a clock was set back: within one stretch they still count.
        counts = {
            int(at): count
            for at, count in (row.slices if row else {}).items()
            if abs(present - int(at)) <= _SLICES
        }
        if sum(counts.values()) >= limit:
            return False
        counts[present] = counts.get(present, 0) + 1
        ThrottleCount.objects.update_or_create(
            key_hash=key_hash,
            defaults={
                "slices": {str(at): count for at, count in counts.items()},
                "forget_at": now + timedelta(seconds=2 * per_seconds),
            },
        )
    return True


@due_work("platform.forget-throttle-counts", every=timedelta(hours=1))
def forget_counts(now: datetime) -> int:
    """Delete counts that can no longer limit anything."""
    deleted, _ = ThrottleCount.objects.filter(forget_at__lt=now).delete()
    return deleted
