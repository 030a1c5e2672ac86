"""Asking twice acts once: keys claimed inside the transaction of the act they protect."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction

from clientela.platform.database import require_transaction
from clientela.platform.jobs import due_work
from clientela.platform.models import IdempotencyKey
from clientela.platform.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Claim", "IdempotencyKey", "KeyReused", "claim"]

KEPT_FOR: Final = timedelta(days=7)


class KeyReused(Refusal):
    """The same key came with another request."""

    reason = "idempotency-key-reused"


@dataclass(slots=True)
class Claim:
    """A key that is ours until the transaction ends. When `replayed`, answer from `result` and act no more."""

    replayed: bool
    result: dict[str, Any]
    _row: IdempotencyKey

    def keep(self, result: dict[str, Any]) -> None:
        """Keep what came of it for the next asking: ids only, as a link or an address must not rest here."""
        self.result = result
        IdempotencyKey.objects.filter(pk=self._row.pk).update(result=result)


def claim(*, owner: str, key: str, fingerprint: object, now: datetime) -> Claim:
    """Claim `key` of `owner` for this request, or learn what came of it before. Raises outside a transaction.

    Parallel askers with one key wait for the first: they replay its result, or act if it was rolled back.
    The same key with another `fingerprint` (any JSON value) raises `KeyReused`. Keys are kept seven days.
    """
    require_transaction("claiming an idempotency key")
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    asked = _digest(fingerprint)
    while True:
        row, fresh = _insert_or_find(owner=owner, key_hash=key_hash, asked=asked, now=now)
        if row is None:
            continue  # purged between the two looks; the key is free again
        if row.fingerprint != asked:
            raise KeyReused(field="idempotency-key")
        return Claim(replayed=not fresh, result=row.result, _row=row)


def _insert_or_find(
    *, owner: str, key_hash: str, asked: str, now: datetime
) -> tuple[IdempotencyKey | None, bool]:
    """Insert the key, or read the one that stands. The insert waits for a parallel one to commit or roll back."""
    standing = IdempotencyKey.objects.filter(owner=owner, key_hash=key_hash)
    found = standing.first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                owner=owner, key_hash=key_hash, fingerprint=asked, claimed_at=now
            )
    except IntegrityError:
        return standing.first(), False
    return row, True


def _digest(fingerprint: object) -> str:
    text = json.dumps(fingerprint, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@due_work("platform.forget-idempotency-keys", every=timedelta(hours=6))
def forget_old_keys(now: datetime) -> int:
    """Delete keys older than seven days; answers 0 when nothing is left to do."""
    deleted, _ = IdempotencyKey.objects.filter(claimed_at__lt=now - KEPT_FOR).delete()
    return deleted
