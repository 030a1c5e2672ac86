"""The messages of a client, by appointment: what was sent, what waits, and what was not, with why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from clientela.notify.models import Message, Recipient
from clientela.notify.queries.trace import TraceLine, line_of
from clientela.people.models import Client
from clientela.platform.jobs import worker_is_alive

NEWEST = 200


def client_trace(*, client: Client, now: datetime) -> dict[UUID, list[TraceLine]]:
    """Return the newest lines to the client, latest first, under the key of their appointment. Three queries."""
    messages = (
        Message.objects.filter(appointment__client=client, recipient=Recipient.CLIENT)
        .prefetch_related("attempts")
        .order_by("-created_at", "-id")[:NEWEST]
    )
    is_alive = worker_is_alive(now=now)
    found: dict[UUID, list[TraceLine]] = {}
    for message in messages:
        line = line_of(message, is_alive=is_alive, now=now)
        found.setdefault(message.appointment_id, []).append(line)
    return found
