"""Leases: who works on a row just now, taken by compare-and-swap, alike on both databases.

A worker that dies keeps nothing: its lease runs out and another takes the row. Because every taking raises
`lease_epoch`, the one that was thought dead finds, when it comes to finish, that the row is no longer its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import models, router, transaction
from django.db.models import F, Q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

LONGEST: Final = timedelta(minutes=15)


class Leased(models.Model):
    """Two columns that let workers share a table. `lease_epoch` also counts how often the row was taken."""

    lease_until = models.DateTimeField(null=True, editable=False)
    lease_epoch = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Lease:
    """The proof that a row was taken: good while the row's epoch is still this one."""

    model: type[Leased]
    pk: UUID
    epoch: int


def free(now: datetime) -> Q:
    """Return the condition "nobody holds it".

    A lease that ends later than any lease can last was taken before the clock jumped back: it holds nobody.
    """
    return Q(lease_until__isnull=True) | Q(lease_until__lte=now) | Q(lease_until__gt=now + LONGEST)


def take(
    candidates: models.QuerySet[Any],
    *,
    now: datetime,
    lasts: timedelta,
    limit: int = 1,
    counting: str | None = None,
) -> list[Lease]:
    """Take up to `limit` free rows of `candidates` for `lasts`, and return those that are really ours.

    The order of `candidates` is the order of taking. `counting` names a column raised by one with each taking.
    All are taken in one short transaction of their own, so that a batch costs one commit.
    """
    if lasts > LONGEST:
        message = f"a lease lasts at most {LONGEST}"
        raise ValueError(message)
    model = candidates.model
    wanted = list(candidates.filter(free(now)).values_list("pk", "lease_epoch")[:limit])
    if not wanted:
        return []
    raised: dict[str, Any] = {counting: F(counting) + 1} if counting else {}
    with transaction.atomic(using=router.db_for_write(model)):
        won = _still_as_seen(model, wanted)
        model._base_manager.filter(pk__in=won).update(
            lease_until=now + lasts, lease_epoch=F("lease_epoch") + 1, **raised
        )
    return [Lease(model, pk, epoch + 1) for pk, epoch in wanted if pk in won]


def _still_as_seen(model: type[Leased], wanted: list[tuple[UUID, int]]) -> set[UUID]:
    """Lock the rows, and return those that nobody has taken since they were read.

    Workers that meet on the same rows lock them in one order, so they wait for each other and never deadlock.
    """
    rows = model._base_manager.select_for_update().filter(pk__in=[pk for pk, _ in wanted])
    epochs = dict(rows.order_by("pk").values_list("pk", "lease_epoch"))
    return {pk for pk, epoch in wanted if epochs.get(pk) == epoch}


def renew(lease: Lease, *, now: datetime, lasts: timedelta) -> bool:
    """Hold the row for `lasts` more; False when somebody else has taken it meanwhile."""
    return bool(_rows(lease.model, lease.pk, lease.epoch).update(lease_until=now + lasts))


def finish(lease: Lease, **values: Any) -> bool:  # noqa: ANN401 -- column values of any kind
    """Write the outcome and let the row go, only if it is still ours; say whether it was."""
    return bool(_rows(lease.model, lease.pk, lease.epoch).update(lease_until=None, **values))


def finish_all(leases: Iterable[Lease], **values: Any) -> None:  # noqa: ANN401 -- column values of any kind
    """Write the same outcome to several rows and let them go, those that are still ours; few statements for many."""
    alike: dict[tuple[type[Leased], int], list[UUID]] = defaultdict(list)
    for lease in leases:
        alike[lease.model, lease.epoch].append(lease.pk)
    for (model, epoch), keys in alike.items():
        rows = model._base_manager.filter(pk__in=keys, lease_epoch=epoch)
        rows.update(lease_until=None, **values)


def _rows(model: type[Leased], pk: UUID, epoch: int) -> models.QuerySet[Any]:
    return model._base_manager.filter(pk=pk, lease_epoch=epoch)
