"""The worker: hears events, does recurring work, and can be killed at any point.

What it takes, it takes by lease; what it does, it does in a transaction that also holds the receipt. So `kill -9`
loses nothing and repeats no effect in the database: the next worker finds the receipt, or does the work.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import Error, IntegrityError, connection, transaction
from django.db.models import Q

from clientela.platform import clock
from clientela.platform.failpoints import failpoint
from clientela.platform.ids import uuid7
from clientela.platform.jobs import BEAT_EVERY, Chore, chores
from clientela.platform.leases import Lease, finish, take
from clientela.platform.logs import get_logger
from clientela.platform.models import DueWork, EventReceipt, OutboxEvent, WorkerHeartbeat
from clientela.platform.outbox import Event, Handler, handlers_of, read
from clientela.platform.redaction import describe_error
from clientela.platform.tenancy import business_scope, system_scope

if TYPE_CHECKING:
    import threading
    from contextlib import AbstractContextManager

LEASE: Final = timedelta(seconds=30)
CHORE_LEASE: Final = timedelta(minutes=10)
BATCH: Final = 50
MOST_ATTEMPTS: Final = 8
LONGEST_WAIT: Final = timedelta(hours=3)
IDLE_SECONDS: Final = 1.0
DATABASE_GONE_SECONDS: Final = 5.0

logger = get_logger("clientela.worker")


@dataclass(slots=True)
class Worker:
    """One worker's memory: who it is, when it last said so, and when its quick chores are due again."""

    id: UUID = field(default_factory=uuid7)
    beat_at: datetime | None = None
    due: dict[str, datetime] = field(default_factory=dict)

    def run_once(self, now: datetime) -> int:
        """Do everything that is due at `now`, once; return how much was done (0: nothing to do)."""
        self._beat(now)
        return hear_due_events(now) + self._do_chores(now)

    def run_forever(self, stop: threading.Event) -> None:
        """Work until `stop` is set: again at once after work was found, else after a second at the most.

        A database that is away (restarted, out of disk) is waited for, not died of.
        """
        while not stop.is_set():
            try:
                done = self.run_once(clock.now())
            except Error as error:
                logger.warning("database-unavailable", error=describe_error(error))
                connection.close()
                stop.wait(DATABASE_GONE_SECONDS)
                continue
            connection.close_if_unusable_or_obsolete()
            if not done:
                stop.wait(IDLE_SECONDS)
        self.retire()

    def retire(self) -> None:
        """Take the heartbeat away: a worker that was stopped on purpose is not a dead one."""
        WorkerHeartbeat.objects.filter(pk=self.id).delete()

    def _beat(self, now: datetime) -> None:
        if self.beat_at is not None and timedelta() <= now - self.beat_at < BEAT_EVERY:
            return
        WorkerHeartbeat.objects.update_or_create(
            id=self.id,
            defaults={"beat_at": now},
            create_defaults={
                "process": f"{socket.gethostname()}:{os.getpid()}"[:100],
                "started_at": now,
                "beat_at": now,
            },
        )
        WorkerHeartbeat.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
        self.beat_at = now

    def _do_chores(self, now: datetime) -> int:
        done = 0
        shared = [chore for chore in chores() if chore.shared]
        for chore in chores():
            if not chore.shared and self._is_due(chore, now):
                done += self._do_quick(chore, now)
        return done + _do_shared(shared, now)

    def _is_due(self, chore: Chore, now: datetime) -> bool:
        """Whether the chore's own time has come; a due time too far ahead is from before the clock was set back."""
        due = self.due.get(chore.name)
        return due is None or due <= now or due - now > chore.every

    def _do_quick(self, chore: Chore, now: datetime) -> int:
        done, error = _run(chore, now)
        # After work the chore is asked again at once; after a failure, or nothing to do, when its time has come.
        self.due[chore.name] = now if done else now + chore.every
        _note_outcome(chore, now, error)
        return done


def run_once(now: datetime) -> int:
    """Do everything that is due at `now`, once, as a worker without memory would: for tests and commands."""
    return Worker().run_once(now)


def run_forever(stop: threading.Event) -> None:
    """Work until `stop` is set."""
    Worker().run_forever(stop)


def hear_due_events(now: datetime) -> int:
    """Take due events and let their handlers hear them; return how many were finished.

    Fresh events come in batches. One that was taken before and not finished is taken alone: whatever killed the
    worker that had it must not spoil its neighbours.
    """
    due = OutboxEvent.objects.filter(
        done_at__isnull=True, needs_attention_at__isnull=True, due_at__lte=now
    ).order_by("due_at", "id")
    leases = take(due.filter(lease_epoch=0), now=now, lasts=LEASE, limit=BATCH, counting="attempts")
    leases += take(
        due.filter(lease_epoch__gt=0), now=now, lasts=LEASE, limit=1, counting="attempts"
    )
    if not leases:
        return 0
    failpoint("platform.worker.taken")
    rows = OutboxEvent.objects.in_bulk([lease.pk for lease in leases])
    heard = [lease for lease in leases if _hear(rows[lease.pk], lease, now)]
    failpoint("platform.worker.before-finish")
    with transaction.atomic():
        return sum(finish(lease, done_at=now, last_error="") for lease in heard)


def retry_after(attempts: int) -> timedelta:
    """Return how long to wait after this many failed attempts: 5 s, 20 s, 80 s … at most 3 hours. Pure."""
    return min(timedelta(seconds=5 * 4 ** max(0, attempts - 1)), LONGEST_WAIT)


def _hear(row: OutboxEvent, lease: Lease, now: datetime) -> bool:
    """Let every handler that has not heard this event hear it; say whether now all have."""
    if row.attempts > MOST_ATTEMPTS:
        finish(
            lease, needs_attention_at=now
        )  # taken again and again, and never finished: it kills its workers
        return False
    try:
        event = read(row)
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with the row must not stop the others
        finish(lease, needs_attention_at=now, last_error=describe_error(error))
        return False
    failures: list[str] = []
    for handler in handlers_of(row.name):
        failure = _hear_one(row, event, handler, now)
        if failure is not None:
            logger.warning(
                "handler-failed",
                event_name=row.name,
                event_id=str(row.id),
                handler=handler.name,
                exc_info=failure,
            )
            failures.append(f"{handler.name}: {describe_error(failure)}")
    if not failures:
        return True
    given_up = row.attempts >= MOST_ATTEMPTS
    finish(
        lease,
        due_at=now + retry_after(row.attempts),
        needs_attention_at=now if given_up else None,
        last_error="; ".join(failures)[:500],
    )
    return False


def _hear_one(row: OutboxEvent, event: Event, handler: Handler, now: datetime) -> Exception | None:
    """Run one handler and write its receipt in one transaction; return its failure, if it failed.

    The receipt comes first: a second worker with the same event waits on it, and then finds it written.
    """
    if EventReceipt.objects.filter(event=row, handler=handler.name).exists():
        return None
    try:
        with _scope(row), transaction.atomic():
            if not _receipt(row, handler, now):
                return None
            handler.handle(event, now=now)
            failpoint("platform.worker.before-commit")
    except Exception as error:  # noqa: BLE001 -- one handler's failure is kept and retried; the others run
        return error
    failpoint("platform.worker.after-commit")
    return None


def _receipt(row: OutboxEvent, handler: Handler, now: datetime) -> bool:
    try:
        with transaction.atomic():
            EventReceipt.objects.create(event=row, handler=handler.name, heard_at=now)
    except IntegrityError:
        return False
    return True


def _scope(row: OutboxEvent) -> AbstractContextManager[object]:
    return business_scope(row.business_id) if row.business_id else system_scope(f"event {row.name}")


def _do_shared(registered: list[Chore], now: datetime) -> int:
    """Do the chores whose next time stands in the database, each by one worker at a time."""
    by_name = {chore.name: chore for chore in registered}
    if not by_name:
        return 0
    rows = {row.name: row for row in DueWork.objects.filter(name__in=by_name)}
    for name in by_name.keys() - rows.keys():
        DueWork.objects.get_or_create(name=name, defaults={"due_at": now})
    done = 0
    horizon = Q(due_at__lte=now)
    for name, chore in by_name.items():
        # A time further ahead than one period is from before the clock was set back.
        due = DueWork.objects.filter(horizon | Q(due_at__gt=now + chore.every), name=name)
        if name in rows and not _looks_due(rows[name], chore, now):
            continue
        for lease in take(due, now=now, lasts=CHORE_LEASE):
            count, error = _run(chore, now)
            done += count
            outcome = _outcome(DueWork.objects.get(pk=lease.pk), now, error)
            finish(lease, due_at=now if count else now + chore.every, **outcome)
    return done


def _looks_due(row: DueWork, chore: Chore, now: datetime) -> bool:
    return row.due_at <= now or row.due_at > now + chore.every


def _run(chore: Chore, now: datetime) -> tuple[int, Exception | None]:
    """Run the chore in the system's scope; return how much it did, and its failure if it failed."""
    try:
        with system_scope(f"recurring work {chore.name}"):
            return chore.run(now), None
    except Exception as error:
        logger.exception("recurring-work-failed", work=chore.name)
        return 0, error


def _note_outcome(chore: Chore, now: datetime, error: Exception | None) -> None:
    """Keep a quick chore's failure where the doctor sees it; write nothing while all is well."""
    row = DueWork.objects.filter(name=chore.name).first()
    if error is None and (row is None or row.failing_since is None):
        return
    row = row or DueWork.objects.get_or_create(name=chore.name, defaults={"due_at": now})[0]
    DueWork.objects.filter(pk=row.pk).update(**_outcome(row, now, error))


def _outcome(
    row: DueWork, now: datetime, error: Exception | None
) -> dict[str, datetime | str | None]:
    if error is None:
        return {"last_ok_at": now, "failing_since": None, "last_error": ""}
    return {"failing_since": row.failing_since or now, "last_error": describe_error(error)}
