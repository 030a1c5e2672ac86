"""Planning anew what waits: reminders and words after the visit follow the appointment and the plan of messages.

A row that nobody tried yet is moved in place: there is no old job to revoke. A row that was tried stays as it is,
and the new time gets a new row. What is no longer asked for is settled, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from clientela.booking.models import Appointment
from clientela.notify.decisions import ENDED, LATER
from clientela.notify.models import Message, Reason, Recipient
from clientela.notify.occasions import STARTS, Fact, Occasion
from clientela.notify.queries.planned_lines import PlannedLine, planned_lines
from clientela.notify.rows import planned_values, row_of
from clientela.platform.database import require_transaction
from clientela.rules.lifecycle import Status

Key = tuple[UUID, str, str, str, UUID | None, str]
_WRITTEN: Final = (
    "occurrence", "recipient_id", "reason", "because", "address", "language", "zone", "facts",
    "due_at", "send_at", "settled_at", "lease_until", "lease_epoch",
)  # fmt: skip
_AT_A_TIME: Final = 200


def replan_messages(
    *, appointments: Sequence[Appointment], happened_at: datetime, now: datetime
) -> int:
    """Plan what waits for these appointments by the plan as it stands, and return how many rows are new.

    The caller's transaction. The appointments come with business, client and the professional's account. What was
    due before ``happened_at`` is ``too_close``. A fixed number of queries, besides the rows written; asked again,
    nothing changes.
    """
    occasions = [
        Occasion(
            appointment=one, fact=Fact.STANDS, occurrence=one.sequence, happened_at=happened_at
        )
        for one in appointments
    ]
    lines = planned_lines(occasions=occasions, now=now)
    fresh = without_row(occasions=occasions, lines=lines, now=now)
    rows = [row_of(one, now=now) for one in fresh]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_A_TIME)
    return len(rows)


def without_row(
    *, occasions: Sequence[Occasion], lines: Sequence[PlannedLine], now: datetime
) -> list[PlannedLine]:
    """Bring the rows that wait into line with ``lines``, all there should be, and return those that have no row yet.

    The rows are locked first, in the order in which those who send take them: whoever has begun to send one has
    tried it, and whoever only took it finds that it is no longer theirs (``lease_epoch``).
    """
    require_transaction("planning messages anew")
    standing = _standing(occasions)
    fresh, moved = [], []
    for line in lines:
        rows = standing.pop(_key_of_line(line), [])
        untried = [row for row in rows if not row.tries]
        if any(row.tries and _is_for_same_start(row, line) for row in rows):
            continue
        if not untried:
            fresh.append(line)
        elif _is_out_of_line(untried[-1], line, now):
            moved.append(_moved(untried[-1], line, now))
    Message.objects.bulk_update(moved, _WRITTEN, batch_size=_AT_A_TIME)
    _settle(occasions, [row for rows in standing.values() for row in rows], now)
    return fresh


def _standing(occasions: Iterable[Occasion]) -> dict[Key, list[Message]]:
    """Return the rows of what waits or waited, by what each says to whom; oldest first."""
    found: dict[Key, list[Message]] = defaultdict(list)
    rows: Any = Message.objects.select_for_update(of=("self",)).filter(
        appointment__in={one.appointment.pk for one in occasions}, rule__in=LATER
    )
    for row in rows.order_by("pk"):
        found[_key_of_row(row)].append(row)
    return found


def _key_of_row(row: Message) -> Key:
    person = None if row.recipient == Recipient.CLIENT else row.recipient_id
    return (row.about_id, row.rule, row.timing, row.recipient, person, row.channel)


def _key_of_line(line: PlannedLine) -> Key:
    """A client is the same person after two cards have been joined; a professional may be another one."""
    addressee = line.addressee
    person = None if addressee.recipient is Recipient.CLIENT else addressee.id
    return (
        line.occasion.appointment.pk,
        line.line.rule,
        line.line.timing,
        addressee.recipient,
        person,
        line.reach.channel,
    )


def _is_for_same_start(row: Message, line: PlannedLine) -> bool:
    return bool(row.facts.get(STARTS) == line.occasion.appointment.starts_at.isoformat())


def _is_out_of_line(row: Message, line: PlannedLine, now: datetime) -> bool:
    """Say whether the row must be written anew. What was settled when its time came is history, and stays."""
    if not _is_for_same_start(row, line) or row.due_at != line.due_at:
        return True
    if row.due_at <= now:
        return False
    return (row.send_at is not None) != line.verdict.goes


def _moved(row: Message, line: PlannedLine, now: datetime) -> Message:
    for column, value in planned_values(line, now=now).items():
        setattr(row, column, value)
    row.lease_until, row.lease_epoch = None, row.lease_epoch + 1
    return row


def _settle(occasions: Iterable[Occasion], rows: Iterable[Message], now: datetime) -> None:
    """Close what waits and is no longer asked for; what was tried is decided by whoever tries it again."""
    appointments = {one.appointment.pk: one.appointment for one in occasions}
    ids: dict[Reason, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.send_at is not None and not row.tries:
            ids[_why_not(row, appointments[row.about_id])].append(row.pk)
    for reason, keys in ids.items():
        Message.objects.filter(pk__in=keys).update(
            reason=reason,
            because="",
            send_at=None,
            settled_at=now,
            lease_until=None,
            lease_epoch=F("lease_epoch") + 1,
        )


def _why_not(row: Message, appointment: Appointment) -> Reason:
    if Status(appointment.status) in ENDED:
        return Reason.CANCELLED_BEFORE_SEND
    giver = appointment.professional_id
    if row.recipient == Recipient.PROFESSIONAL and row.recipient_id != giver:
        return Reason.SUPERSEDED
    return Reason.RULE_DISABLED
