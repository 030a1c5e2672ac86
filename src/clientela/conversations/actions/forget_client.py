"""What is forgotten of a client: everything they and the business wrote to each other."""

from __future__ import annotations

from datetime import datetime

from clientela.conversations.models import Conversation
from clientela.people.models import Client


def forget_client(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told when
    """Delete the card's threads with all that was said in them, and with it the texts that carried answers."""
    Conversation.objects.filter(client=card).delete()
