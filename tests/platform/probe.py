"""The small program that the tests start as real processes, and kill: `python -m tests.platform.probe VERB …`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connection, transaction

from clientela.platform import clock, guards, installation
from clientela.platform.actor import Actor
from clientela.platform.archive_format import archived_models, encode_row, written_fields
from clientela.platform.audit import AuditEvent, note
from clientela.platform.backup import backup
from clientela.platform.idempotency import claim
from clientela.platform.models import Installation
from clientela.platform.outbox import Event, EventReceipt, OutboxEvent, on, record
from clientela.platform.restore import ArchiveError, restore
from clientela.platform.throttle import allow
from clientela.platform.worker import Worker

RINGER = Actor.system("probe")


@dataclass(frozen=True, kw_only=True)
class BellRung(Event):
    """A bell was rung, for the n-th time."""

    number: int
    bell_id: UUID | None = None
    business_id: UUID | None = None


@on(BellRung, name="tests.first")
def first(event: BellRung, *, now: datetime) -> None:
    """Leave a trace: an effect in the database."""
    note(action="first-heard", subject=("tests.Bell", str(event.number)), by=RINGER, now=now)


@on(BellRung, name="tests.second")
def second(event: BellRung, *, now: datetime) -> None:
    """Leave another trace."""
    note(action="second-heard", subject=("tests.Bell", str(event.number)), by=RINGER, now=now)


def ring(*numbers: int) -> None:
    """Record one event per number, each in its own transaction."""
    for number in numbers:
        with transaction.atomic():
            record(BellRung(number=number), now=clock.now())


def work(*minutes_later: str) -> None:
    """Work until nothing is left, at each of these later times: then the leases of the dead have run out."""
    worker = Worker()
    for minutes in minutes_later or ("0",):
        work_at(worker, minutes)


def work_at(worker: Worker, minutes_later: str) -> None:
    """Work until nothing is left at this later time."""
    while worker.run_once(clock.now() + timedelta(minutes=int(minutes_later))):
        pass


def ring_and_work(count: str) -> None:
    """Record so many events and hear them: the process that is killed on its way."""
    ring(*range(int(count)))
    work()


def work_until_killed(minutes_later: str) -> None:
    """Say that it works, and work."""
    print("working", flush=True)
    work(minutes_later)
    print("done", flush=True)


def work_out(*minutes_later: str) -> None:
    """Work at each of these later times, then print how often each effect happened, and what is left.

    Once every event is done the times between are passed over; at the last one whatever would be repeated is.
    """
    worker = Worker()
    undone = OutboxEvent.objects.filter(done_at__isnull=True)
    *between, last = minutes_later or ("0",)
    for minutes in between:
        work_at(worker, minutes)
        if not undone.exists():
            break
    work_at(worker, last)
    found = Counter(f"{row.action} {row.subject_id}" for row in AuditEvent.objects.all())
    print(json.dumps({"effects": found, "left": undone.count()}))


def forget_receipts() -> None:
    """Take away what keeps a handler from running twice, for the negative control."""
    EventReceipt.objects.all().delete()


def act_once(key: str, times: str = "1") -> None:
    """Do one act per key, however often it is asked; print the answers."""
    for _ in range(int(times)):
        with transaction.atomic():
            claimed = claim(owner="probe", key=key, fingerprint={"key": key}, now=clock.now())
            if not claimed.replayed:
                line = note(action="acted", subject=("tests.Key", "1"), by=RINGER, now=clock.now())
                claimed.keep({"line": str(line.id)})
        print(claimed.result["line"])


def use(key: str, times: str, limit: str) -> None:
    """Use a limited thing so often; print how often it was allowed."""
    moment = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
    print(
        sum(
            allow(key=key, limit=int(limit), per_seconds=3600, now=moment)
            for _ in range(int(times))
        )
    )


def write_pairs(until: str) -> None:
    """Write pairs of lines, each pair in one transaction, until there is such a file and once more; print how many."""
    count, is_last = 0, False
    while not is_last:
        is_last = Path(until).exists()
        with transaction.atomic():
            for side in ("left", "right"):
                note(
                    action=f"pair-{side}",
                    subject=("tests.Pair", str(count)),
                    by=RINGER,
                    now=clock.now(),
                )
        count += 1
        if count == 1:
            print("writing", flush=True)
    print(count)


def save(path: str) -> None:
    """Make a backup."""
    made = backup(path=Path(path), now=clock.now())
    print(made.rows)


def bring_back(path: str) -> None:
    """Restore a backup, and print what is there then."""
    restore(path=Path(path), now=clock.now())
    content()


def bring_back_none(*paths: str) -> None:
    """Try to restore backups that must be refused; print each reason, and then what is there."""
    for path in paths:
        try:
            restore(path=Path(path), now=clock.now())
        except ArchiveError as error:
            print("refused:", error)
    content()


def content() -> None:
    """Print every row of every archived table, to compare two installations."""
    for model in archived_models():
        # What restoring itself changes, and what a running installation keeps anew.
        if model is Installation:
            continue
        names = [field.attname for field in written_fields(model)]
        for row in model._base_manager.order_by("pk").values_list(*names):
            print(model._meta.label, encode_row(row).decode().strip())


def stand() -> None:
    """Print which guards are missing, and whether messages are on hold."""
    print(guards.verify(connection), installation.sending_held_since() is not None)


VERBS = {
    "ring": lambda start, end: ring(*range(int(start), int(end))),
    "work": work,
    "ring-and-work": ring_and_work,
    "work-out": work_out,
    "forget-receipts": forget_receipts,
    "work-until-killed": work_until_killed,
    "act-once": act_once,
    "use": use,
    "write-pairs": write_pairs,
    "save": save,
    "bring-back": bring_back,
    "bring-back-none": bring_back_none,
    "content": content,
    "stand": stand,
}

if __name__ == "__main__":
    VERBS[sys.argv[1]](*sys.argv[2:])
