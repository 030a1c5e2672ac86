"""The messages that a diagnosis looks at, as they stand or as they would end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clientela.booking.models import Appointment
from clientela.notify.actions.send_again import may_be_sent_again
from clientela.notify.decisions import ANNOUNCES_END, ENDED, expires_at
from clientela.notify.diagnosis.facts import Line
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.notify.queries.trace import TraceLine, trace_lines
from clientela.rules.lifecycle import Status


def lines_of(appointments: Sequence[Appointment], *, asked: str, now: datetime) -> tuple[Line, ...]:
    """Return the messages to the client about these appointments, in the order they were written.

    A fixed number of queries. What waits has the reason it would end with as things stand.
    """
    found = {one.pk: one for one in appointments}
    rows = Message.objects.filter(appointment__in=found, recipient=Recipient.CLIENT)
    if asked:
        rows = rows.filter(channel=asked)
    messages = list(rows.prefetch_related("attempts", "receipts").order_by("created_at", "id"))
    traced = trace_lines(messages=messages, now=now)
    return tuple(
        _line(row, line, found[row.appointment_id], now=now)
        for row, line in zip(messages, traced, strict=True)
        if row.appointment_id is not None
    )


def _line(row: Message, line: TraceLine, appointment: Appointment, *, now: datetime) -> Line:
    waits = line.reason is Reason.QUEUED and line.outlook is not None
    return Line(
        message=row.pk,
        appointment=appointment.pk,
        rule=line.rule,
        timing=line.timing,
        channel=line.channel,
        reason=line.outlook if waits and line.outlook else line.reason,
        because=line.because,
        at=line.at,
        zone=line.zone,
        is_open=line.is_open,
        can_resend=_is_news(row, appointment, now=now),
        traced=line,
    )


def _is_news(row: Message, appointment: Appointment, *, now: datetime) -> bool:
    """Whether sending it once more would still tell what is so."""
    rule = Rule(row.rule)
    if not may_be_sent_again(Reason(row.reason)) or row.occurrence != appointment.sequence:
        return False
    if Status(appointment.status) in ENDED and rule not in ANNOUNCES_END:
        return False
    return now < expires_at(rule=rule, starts_at=appointment.starts_at, due_at=row.due_at)
