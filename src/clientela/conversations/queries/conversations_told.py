"""What a person who takes their data along is told of their threads."""

from __future__ import annotations

from typing import Any

from clientela.conversations.models import Entry
from clientela.people.models import Client


def conversations_told(*, card: Client) -> list[dict[str, Any]]:
    """Return everything said in the card's threads, in order: when, in which direction, by what, and the words."""
    rows = Entry.objects.filter(conversation__client=card).order_by("at", "id")
    return [
        {
            "at": one.at.isoformat(),
            "by": one.conversation.medium,
            "address": one.conversation.address,
            "said_by": "client" if one.direction == "in" else "business",
            "words": one.body,
        }
        for one in rows.select_related("conversation")
    ]
