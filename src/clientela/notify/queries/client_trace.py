"""The messages of a client, by appointment: what was sent, what waits, and what was not, with why."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.notify.models import Message, Recipient
from clientela.notify.queries.trace import TraceLine, trace_lines
from clientela.people.models import Client

NEWEST: Final = 200


def client_trace(*, client: Client, now: datetime) -> dict[UUID, list[TraceLine]]:
    """Return the newest lines to the client, latest first, under the key of their appointment.

    A fixed number of queries, however many messages.
    """
    rows = Message.objects.filter(appointment__client=client, recipient=Recipient.CLIENT)
    newest = rows.prefetch_related("attempts", "receipts").order_by("-created_at", "-id")
    found: dict[UUID, list[TraceLine]] = {}
    for line in trace_lines(messages=list(newest[:NEWEST]), now=now):
        found.setdefault(line.appointment_id, []).append(line)
    return found
