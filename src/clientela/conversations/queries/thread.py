"""One thread, read from its end."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.business.models import Business
from clientela.conversations.models import Conversation, Entry, Medium

PAGE: Final = 100


def conversation(*, business: Business, conversation_id: UUID) -> Conversation | None:
    """Return one thread of the business with its card, or ``None``."""
    rows = Conversation.objects.filter(business=business, pk=conversation_id)
    return rows.select_related("client", "business").first()


def conversation_of_number(*, business: Business, number: str) -> Conversation | None:
    """Return the thread of texts with a number, or ``None``."""
    rows = Conversation.objects.filter(business=business, medium=Medium.SMS, address=number)
    return rows.select_related("client", "business").first()


def thread(
    *, conversation: Conversation, before: datetime | None = None, limit: int = PAGE
) -> list[Entry]:
    """Return the last things said, in the order they were said; ``before`` asks for earlier ones. One query."""
    rows = Entry.objects.filter(conversation=conversation)
    if before is not None:
        rows = rows.filter(at__lt=before)
    return list(reversed(rows.order_by("-at", "-id")[:limit]))
