"""Seal movements, so that a changed one shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from clientela.ledger.models import Movement, Seal, SealedMovement
from clientela.ledger.seal_text import digest
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock

BATCH: Final = 1000
LATEST: Final = timedelta(days=1)
"""How long a transaction may have been open at most: older ids are not looked for again."""


def seal_movements(*, now: datetime) -> int:
    """Seal up to 1,000 movements that are not sealed yet, each in the chain of its business; return how many.

    The oldest ids first, over all businesses, so that what was looked at last tells where to go on. A
    movement that was committed up to a day late is still found; the auditor names one that was later.
    """
    if not _unsealed().exists():
        return 0
    with transaction.atomic():
        lock(keys=["ledger:seals"])
        found = sorted(_unsealed().order_by("pk")[:BATCH], key=attrgetter("business_id", "pk"))
        for business_id, movements in groupby(found, key=attrgetter("business_id")):
            _seal(business_id, list(movements), now=now)
            failpoint("ledger.seal.between-businesses")
    return len(found)


def _unsealed() -> QuerySet[Movement]:
    """Return the movements without a seal, from a day before the newest one that has one."""
    newest = (
        SealedMovement.objects.order_by("-movement_id")
        .values_list("movement_id", flat=True)
        .first()
    )
    unsealed = Movement.objects.filter(sealed__isnull=True)
    return unsealed if newest is None else unsealed.filter(pk__gte=_earlier(newest))


def _earlier(newest: UUID) -> UUID:
    """Return the least UUIDv7 of a day before this one: its first 48 bits are milliseconds."""
    milliseconds = (newest.int >> 80) - int(LATEST.total_seconds() * 1000)
    return UUID(int=max(0, milliseconds) << 80)


def _seal(business_id: UUID, movements: list[Movement], *, now: datetime) -> None:
    last = Seal.objects.filter(business=business_id).order_by("-number").first()
    previous = last.digest if last else ""
    seal = Seal.objects.create(
        business_id=business_id,
        number=last.number + 1 if last else 1,
        previous=previous,
        digest=digest(previous, movements),
        movements=len(movements),
        sealed_at=now,
    )
    SealedMovement.objects.bulk_create(
        SealedMovement(business_id=business_id, seal=seal, movement=movement, place=place)
        for place, movement in enumerate(movements, start=1)
    )
