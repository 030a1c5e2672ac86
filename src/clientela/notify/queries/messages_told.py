"""The messages to a client in plain values, for them to take along."""

from __future__ import annotations

from clientela.notify.models import Message, Recipient
from clientela.people.models import Client


def messages_told(*, card: Client) -> list[dict[str, object]]:
    """Return every message there was, or should have been, to the client about what they may see, oldest first."""
    mine = Message.objects.filter(
        appointment__client=card,
        appointment__hidden_at__isnull=True,
        recipient=Recipient.CLIENT,
    )
    return [
        {
            "about": str(one.appointment_id),
            "kind": one.rule,
            "when": one.timing or "at once",
            "by": one.channel,
            "to": one.address,
            "outcome": one.reason,
            "because": one.because,
            "due_at": one.due_at.isoformat(),
            "settled_at": one.settled_at.isoformat() if one.settled_at else None,
        }
        for one in mine.order_by("created_at", "id")
    ]
